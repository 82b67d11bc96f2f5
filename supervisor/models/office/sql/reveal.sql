-- Private items, opened by an event of the audit.

CREATE OR REPLACE FUNCTION office.lease_items(facts jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text[] := string_to_array(coalesce(facts ->> 'names', ''), ',');
    known text[] := ARRAY['name', 'id_number', 'phones', 'addresses', 'contacts', 'liability'];
    found record;
BEGIN
    IF coalesce(facts ->> 'reason', '') !~ '^[a-z_]{1,40}$' THEN
        RAISE EXCEPTION 'a reveal needs a reason' USING ERRCODE = '42501';
    END IF;
    IF cardinality(wanted) = 0 OR NOT wanted <@ known THEN
        RAISE EXCEPTION 'a reveal needs items' USING ERRCODE = '42501';
    END IF;
    SELECT c.branch_id, c.id INTO found FROM public.collection_case c
    WHERE c.id = (facts ->> 'case_id')::bigint AND c.branch_id = ANY (office.branches())
      AND (SELECT m.role FROM office.me() m) IN ('supervisor', 'manager', 'compliance');
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'no such case here' USING ERRCODE = '42501';
    END IF;
    DELETE FROM office.lease WHERE login = session_user AND until < clock_timestamp();
    INSERT INTO office.lease VALUES (session_user, found.branch_id, found.id, wanted,
        clock_timestamp() + interval '300 seconds', pg_current_xact_id());
END $$;

CREATE OR REPLACE FUNCTION office.reveal(of_case bigint, items text, reason text) RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT office.append_event('revealed', gen_random_uuid()::text, json_build_object(
        'case_id', of_case, 'items', cardinality(string_to_array(items, ',')),
        'names', items, 'reason', reason)::text)
$$;

CREATE OR REPLACE FUNCTION office.revealed(of_branch bigint, of_case bigint) RETURNS TABLE
    (full_name text, id_number text, phones text, addresses text, contacts text, liability text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    leased text[];
BEGIN
    -- A lease of this very transaction could still be rolled back, and its audit with it.
    SELECT array_agg(item) INTO leased FROM office.lease l, unnest(l.items) item
    WHERE l.login = session_user AND l.branch_id = of_branch AND l.case_id = of_case
      AND l.until > clock_timestamp()
      AND l.xact IS DISTINCT FROM pg_current_xact_id_if_assigned();
    IF leased IS NULL OR NOT of_branch = ANY (office.branches()) THEN
        RAISE EXCEPTION 'nothing was revealed' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
    SELECT CASE WHEN 'name' = ANY (leased) THEN n.full_name::text ELSE '' END,
           CASE WHEN 'id_number' = ANY (leased) THEN p.id_number::text ELSE '' END,
           CASE WHEN 'phones' = ANY (leased) THEN p.phones ELSE '[]' END,
           CASE WHEN 'addresses' = ANY (leased) THEN p.addresses ELSE '[]' END,
           CASE WHEN 'contacts' = ANY (leased) THEN p.contacts ELSE '[]' END,
           CASE WHEN 'liability' = ANY (leased) THEN p.liability ELSE '' END
    FROM public.collection_case c
    LEFT JOIN public.borrower_name n
        ON n.branch_id = c.branch_id AND n.borrower_id = c.borrower_id
    LEFT JOIN public.borrower_private p
        ON p.branch_id = c.branch_id AND p.borrower_id = c.borrower_id
    WHERE c.branch_id = of_branch AND c.id = of_case;
END $$;
