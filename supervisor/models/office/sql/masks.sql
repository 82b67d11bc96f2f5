-- rules.masking once more, where the client cannot skip it. A test compares them.

CREATE OR REPLACE FUNCTION office.mask_id(number text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN t = '' THEN ''
        WHEN t !~ '^[0-9A-Za-z]{8,}$' THEN '********'
        ELSE left(t, 1) || repeat('*', length(t) - 3) || right(t, 2) END
    FROM regexp_replace(number, '\s', '', 'g') t
$$;
CREATE OR REPLACE FUNCTION office.mask_phone(number text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN d ~ '^1[0-9]{10}$' THEN left(d, 3) || '****' || right(d, 4)
        WHEN length(d) >= 7 THEN '****' || right(d, 4)
        WHEN btrim(number) <> '' THEN '****' ELSE '' END
    FROM (SELECT regexp_replace(regexp_replace(
        translate(number, '０１２３４５６７８９', '0123456789'), '[^0-9]', '', 'g'),
        '^(0086|86)(1[0-9]{10})$', '\2') AS d) digits
$$;
CREATE OR REPLACE FUNCTION office.mask_address(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN t = '' THEN ''
        ELSE coalesce(
            (regexp_match(o, '^.*?(?:街道|[镇乡]|苏木)'))[1] || ' ',
            (regexp_match(o, '^.*?(?:大道|[路街巷村])'))[1] || ' ',
            (regexp_match(o, '^.*[区县市旗州省]'))[1] || ' ', '') || '**号' END
    FROM (SELECT btrim(regexp_replace(address, '\s+', ' ', 'g')) AS t) trimmed,
         regexp_replace(t, '[0-9０-９].*$', '') o
$$;
CREATE OR REPLACE FUNCTION office.entries(listed text) RETURNS SETOF jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT e FROM jsonb_array_elements(listed::jsonb) e
                 WHERE jsonb_typeof(e) = 'object';
EXCEPTION WHEN data_exception THEN
    RETURN;
END $$;
CREATE OR REPLACE FUNCTION office.mask_phones(listed text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'number', office.mask_phone(e ->> 'number'), 'kind', e -> 'kind'))::text, '[]')
    FROM office.entries(listed) e
$$;
CREATE OR REPLACE FUNCTION office.mask_addresses(listed text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('kind', e -> 'kind',
        'text', office.mask_address(e ->> 'text'), 'valid', e -> 'valid'))::text, '[]')
    FROM office.entries(listed) e
$$;
CREATE OR REPLACE FUNCTION office.mask_contacts(listed text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'do_not_contact', e -> 'do_not_contact'))::text, '[]')
    FROM office.entries(listed) e
$$;
