-- The chain for people: the server itself says who, in which role and when.

CREATE OR REPLACE FUNCTION office.stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only ever added to' USING ERRCODE = '42501';
END $$;
CREATE OR REPLACE FUNCTION office.counts_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.number <> OLD.number + 1 OR NEW.topic <> OLD.topic THEN
        RAISE EXCEPTION 'a revision counts up by one' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION office.links_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.count = OLD.count + 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit is only ever added to' USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE FUNCTION office.event_hash(
    prev_hash text, seq bigint, at timestamptz, actor text, role text, act text,
    command_id text, counts text
) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC' AS $$
    SELECT encode(sha256(convert_to(
        '[' || to_json(prev_hash)::text || ',' || seq::text || ',"'
        || to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00",'
        || to_json(actor)::text || ',' || to_json(role)::text || ',' || to_json(act)::text || ','
        || to_json(command_id)::text || ',' || to_json(counts)::text || ']', 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION office.append_event(act text, command_id text, counts text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    person record;
    head record;
    moment timestamptz;
    link text;
BEGIN
    SELECT m.login, m.role INTO person FROM office.me() m;
    IF person.login IS NULL THEN
        RAISE EXCEPTION 'this login is nobody of the office' USING ERRCODE = '42501';
    END IF;
    IF act !~ '^[a-z_]{1,40}$' OR length(command_id) NOT BETWEEN 1 AND 64
       OR length(counts) > 20000 OR json_typeof(counts::json) <> 'object' THEN
        RAISE EXCEPTION 'not an event' USING ERRCODE = '22023';
    END IF;
    IF act = 'revealed' THEN
        PERFORM office.lease_items(counts::jsonb);
    END IF;
    SELECT h.count, h.last_hash INTO STRICT head FROM public.audit_head h WHERE h.id = 1 FOR UPDATE;
    moment := clock_timestamp();
    link := office.event_hash(head.last_hash, head.count + 1, moment, person.login, person.role,
                              act, command_id, counts);
    INSERT INTO public.audit_event
        (seq, at, actor, role, act, command_id, counts, prev_hash, hash)
    VALUES (head.count + 1, moment, person.login, person.role, act, command_id, counts,
            head.last_hash, link);
    UPDATE public.audit_head h SET count = head.count + 1, last_hash = link WHERE h.id = 1;
    RETURN head.count + 1;
END $$;

-- Who opens the program says so once; auditors and the data service, who write nothing else, too.
CREATE OR REPLACE FUNCTION office.sign_in() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT office.append_event('signed_in', gen_random_uuid()::text, json_build_object(
        'from', coalesce(host(inet_client_addr()), 'local'))::text)
$$;
