-- What our own data know of a case, taken out of what others wrote; patterns are the program's.
-- hide is for hidden alone: whoever could hand it texts could guess at private values.

CREATE OR REPLACE FUNCTION office.hide(of_branch bigint, of_case bigint, said text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    word text;
BEGIN
    FOR word IN
        SELECT w FROM (
            SELECT n.full_name::text AS full_name, p.id_number::text AS id_number, p.phones,
                   p.addresses, p.contacts, c.case_no::text AS case_no,
                   c.contract_no::text AS contract_no, b.borrower_no::text AS borrower_no
            FROM public.collection_case c
            JOIN public.borrower b ON b.branch_id = c.branch_id AND b.id = c.borrower_id
            LEFT JOIN public.borrower_name n
                ON n.branch_id = c.branch_id AND n.borrower_id = c.borrower_id
            LEFT JOIN public.borrower_private p
                ON p.branch_id = c.branch_id AND p.borrower_id = c.borrower_id
            WHERE c.branch_id = of_branch AND c.id = of_case
        ) k, LATERAL (
            SELECT k.full_name UNION ALL
            SELECT right(k.full_name, -1) WHERE length(k.full_name) >= 3 UNION ALL
            SELECT k.id_number UNION ALL SELECT k.case_no UNION ALL
            SELECT k.contract_no UNION ALL SELECT k.borrower_no UNION ALL
            SELECT e ->> 'number' FROM office.entries(k.phones) e UNION ALL
            SELECT e ->> 'text' FROM office.entries(k.addresses) e UNION ALL
            SELECT e ->> 'name' FROM office.entries(k.contacts) e UNION ALL
            SELECT e ->> 'phone' FROM office.entries(k.contacts) e
        ) words(w) WHERE length(w) >= 2 ORDER BY length(w) DESC
    LOOP
        said := replace(said, word, '**');
    END LOOP;
    RETURN said;
END $$;
CREATE OR REPLACE FUNCTION office.hidden(what text, of_branch bigint, of_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found record;
BEGIN
    IF NOT of_branch = ANY (office.branches()) THEN
        RETURN '';
    ELSIF what = 'review.reason' THEN
        SELECT r.flag_id, r.reviewer::text AS author, r.reason AS said INTO found
        FROM public.review r WHERE r.branch_id = of_branch AND r.id = of_id;
    ELSIF what = 'flag_event.words' THEN
        SELECT e.flag_id, e.by::text AS author, e.words AS said INTO found
        FROM public.flag_event e WHERE e.branch_id = of_branch AND e.id = of_id;
    ELSIF what = 'appeal.text' THEN
        SELECT a.flag_id, a.recorded_by::text AS author, a.text AS said INTO found
        FROM public.appeal a WHERE a.branch_id = of_branch AND a.id = of_id;
    ELSIF what = 'appeal.answer' THEN
        SELECT a.flag_id, a.answered_by::text AS author, a.answer AS said INTO found
        FROM public.appeal a WHERE a.branch_id = of_branch AND a.id = of_id;
    ELSE
        RETURN '';
    END IF;
    IF found.author = session_user OR coalesce(found.said, '') = '' THEN
        RETURN coalesce(found.said, '');
    END IF;
    RETURN office.hide(of_branch, (SELECT f.case_id FROM public.flag f
        WHERE f.branch_id = of_branch AND f.id = found.flag_id), found.said);
END $$;
