-- Who the login is. Known by session_user, which SET ROLE does not change.

CREATE OR REPLACE FUNCTION office.me() RETURNS TABLE
    (login text, role text, branches bigint[], everywhere boolean, staff_id bigint)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.login, p.role, p.branches, p.everywhere, p.staff_id
    FROM office.person p WHERE p.login = session_user AND p.disabled_at IS NULL
$$;
CREATE OR REPLACE FUNCTION office.branches() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((
        SELECT CASE WHEN p.everywhere THEN ARRAY(SELECT b.id FROM public.branch b)
                    ELSE p.branches END
        FROM office.person p WHERE p.login = session_user AND p.disabled_at IS NULL
    ), '{}')
$$;
CREATE OR REPLACE FUNCTION office.named_branches() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY(SELECT b.id FROM public.branch b
                 WHERE b.id = ANY (office.branches())
                 AND (b.shows_names
                      OR EXISTS (SELECT 1 FROM office.me() m WHERE m.role = 'worker')))
$$;
CREATE OR REPLACE FUNCTION office.may_mark(of_branch bigint, of_day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.visit v
                   WHERE v.done_by_branch_id = of_branch AND v.visited_on = of_day
                   AND v.branch_id = ANY (office.branches()))
        OR EXISTS (SELECT 1 FROM public.promise p
                   WHERE p.done_by_branch_id = of_branch AND p.made_on = of_day
                   AND p.branch_id = ANY (office.branches()))
$$;
