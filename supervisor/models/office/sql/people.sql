-- Logins, kept by a role that may create roles and that nobody signs in as.

CREATE OR REPLACE FUNCTION office.may_keep_people() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF pg_has_role(session_user, (SELECT c.relowner FROM pg_class c
                                  WHERE c.oid = 'office.house'::regclass), 'MEMBER') THEN
        RETURN 'owner';
    ELSIF EXISTS (SELECT 1 FROM office.me() m WHERE m.role = 'admin' AND m.everywhere) THEN
        RETURN 'admin';
    END IF;
    RAISE EXCEPTION 'only administrators of every branch keep people' USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE FUNCTION office.settle(
    who text, of_role text, codes text[], all_branches boolean, hat text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    house text := (SELECT h.prefix FROM office.house h);
    how text := CASE WHEN current_setting('server_version_num')::int >= 160000
                     THEN ' WITH INHERIT TRUE, SET FALSE' ELSE '' END;
    ids bigint[];
    other text;
BEGIN
    IF of_role NOT IN ('supervisor', 'manager', 'training_lead', 'compliance', 'admin', 'ingest',
                       'auditor', 'worker') THEN
        RAISE EXCEPTION 'no such role' USING ERRCODE = '22023', DETAIL = of_role;
    END IF;
    IF of_role = 'worker' AND hat <> 'owner' THEN
        RAISE EXCEPTION 'only the owner makes workers' USING ERRCODE = '42501';
    END IF;
    IF of_role = 'supervisor' AND (all_branches OR cardinality(codes) = 0) THEN
        RAISE EXCEPTION 'a supervisor has branches' USING ERRCODE = '22023', DETAIL = 'branch';
    END IF;
    SELECT coalesce(array_agg(b.id), '{}') INTO ids FROM public.branch b WHERE b.code = ANY (codes);
    IF cardinality(ids) <> cardinality(codes) THEN
        RAISE EXCEPTION 'no such branch' USING ERRCODE = '22023', DETAIL = 'branch';
    END IF;
    FOREACH other IN ARRAY ARRAY['supervisor', 'manager', 'training_lead', 'compliance', 'admin',
                                 'ingest', 'auditor', 'worker', 'everywhere'] LOOP
        IF pg_has_role(who, house || '_' || other, 'MEMBER') THEN
            EXECUTE format('REVOKE %I FROM %I', house || '_' || other, who);
        END IF;
    END LOOP;
    EXECUTE format('GRANT %I TO %I' || how, house || '_' || of_role, who);
    IF all_branches THEN
        EXECUTE format('GRANT %I TO %I' || how, house || '_everywhere', who);
    END IF;
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %s', who, current_database(),
        CASE of_role WHEN 'worker' THEN 'public' WHEN 'ingest' THEN 'public'
             WHEN 'training_lead' THEN 'office_lead, office_desk, public'
             ELSE 'office_desk, public' END);
    INSERT INTO office.person AS p (login, role, branches, everywhere, changed_by)
    VALUES (who, of_role, ids, all_branches, session_user)
    ON CONFLICT (login) DO UPDATE SET role = excluded.role, branches = excluded.branches,
        everywhere = excluded.everywhere, disabled_at = NULL,
        changed_by = excluded.changed_by, changed_at = clock_timestamp();
END $$;

CREATE OR REPLACE FUNCTION office.note_people(what text, who text, of_role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head record;
    link text;
    moment timestamptz;
    mine text := coalesce((SELECT m.role FROM office.me() m), 'admin');
    said text := json_build_object('login', who, 'role', of_role)::text;
    number text := gen_random_uuid()::text;
BEGIN
    SELECT h.count, h.last_hash INTO STRICT head FROM public.audit_head h WHERE h.id = 1 FOR UPDATE;
    moment := clock_timestamp();
    link := office.event_hash(head.last_hash, head.count + 1, moment, session_user, mine, what,
                              number, said);
    INSERT INTO public.audit_event (seq, at, actor, role, act, command_id, counts, prev_hash, hash)
    VALUES (head.count + 1, moment, session_user, mine, what, number, said, head.last_hash, link);
    UPDATE public.audit_head h SET count = head.count + 1, last_hash = link WHERE h.id = 1;
END $$;

CREATE OR REPLACE FUNCTION office.person_add(
    who text, of_role text, codes text[], all_branches boolean, secret text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hat text := office.may_keep_people();
BEGIN
    IF who IS NULL OR octet_length(who) NOT BETWEEN 1 AND 63 OR who ~ '[[:cntrl:]"]'
       OR who ~ '^pg_' OR who = 'public' OR who = 'none' THEN
        RAISE EXCEPTION 'no name for a login' USING ERRCODE = '22023', DETAIL = 'name';
    END IF;
    IF secret IS NOT NULL AND secret !~ '^SCRAM-SHA-256\$' THEN
        RAISE EXCEPTION 'passwords travel only as SCRAM verifiers'
            USING ERRCODE = '22023', DETAIL = 'secret';
    END IF;
    IF EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = who) THEN
        RAISE EXCEPTION 'there is such a login' USING ERRCODE = '42710';
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', who, secret);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), who);
    PERFORM office.settle(who, of_role, codes, all_branches, hat);
    PERFORM office.note_people('user_added', who, of_role);
END $$;

CREATE OR REPLACE FUNCTION office.person_change(
    who text, of_role text, codes text[], all_branches boolean, secret text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hat text := office.may_keep_people();
    was text := (SELECT p.role FROM office.person p WHERE p.login = who);
BEGIN
    IF was IS NULL THEN
        RAISE EXCEPTION 'no such person' USING ERRCODE = '22023', DETAIL = 'name';
    END IF;
    IF was = 'worker' AND hat <> 'owner' THEN
        RAISE EXCEPTION 'only the owner changes workers' USING ERRCODE = '42501';
    END IF;
    IF secret IS NOT NULL THEN
        IF secret !~ '^SCRAM-SHA-256\$' THEN
            RAISE EXCEPTION 'passwords travel only as SCRAM verifiers'
                USING ERRCODE = '22023', DETAIL = 'secret';
        END IF;
        EXECUTE format('ALTER ROLE %I PASSWORD %L', who, secret);
    END IF;
    IF of_role IS NOT NULL THEN
        PERFORM office.settle(who, of_role, codes, all_branches, hat);
        EXECUTE format('ALTER ROLE %I LOGIN', who);
    END IF;
    PERFORM office.note_people('user_changed', who, coalesce(of_role, was));
END $$;

CREATE OR REPLACE FUNCTION office.person_disable(who text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hat text := office.may_keep_people();
    house text := (SELECT h.prefix FROM office.house h);
    was record;
BEGIN
    SELECT p.role, p.everywhere INTO was FROM office.person p WHERE p.login = who;
    IF was.role IS NULL THEN
        RAISE EXCEPTION 'no such person' USING ERRCODE = '22023', DETAIL = 'name';
    END IF;
    IF who = session_user OR (was.role = 'worker' AND hat <> 'owner') THEN
        RAISE EXCEPTION 'not this one' USING ERRCODE = '42501';
    END IF;
    EXECUTE format('REVOKE %I FROM %I', house || '_' || was.role, who);
    IF was.everywhere THEN
        EXECUTE format('REVOKE %I FROM %I', house || '_everywhere', who);
    END IF;
    EXECUTE format('ALTER ROLE %I NOLOGIN', who);
    UPDATE office.person p SET disabled_at = clock_timestamp(), changed_by = session_user,
        changed_at = clock_timestamp() WHERE p.login = who;
    DELETE FROM office.lease l WHERE l.login = who;
    PERFORM office.note_people('user_disabled', who, was.role);
END $$;

CREATE OR REPLACE FUNCTION office.people() RETURNS TABLE
    (login text, role text, branches text[], everywhere boolean, disabled_at timestamptz,
     changed_by text, changed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM office.may_keep_people();
    RETURN QUERY
    SELECT p.login, p.role,
           ARRAY(SELECT b.code::text FROM public.branch b WHERE b.id = ANY (p.branches)
                 ORDER BY b.code),
           p.everywhere, p.disabled_at, p.changed_by, p.changed_at
    FROM office.person p ORDER BY p.login;
END $$;
