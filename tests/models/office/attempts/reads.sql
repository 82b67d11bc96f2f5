-- Reading the other branch, other people, the server. Format: see attacks.py.

-- try: settings
SET row_security = off
-- then
SELECT * FROM public.collection_case

-- try: view of all
SELECT * FROM pg_stats WHERE tablename = 'visit'

-- try: statistics
SELECT * FROM pg_statistic

-- try: statistics ext
SELECT * FROM pg_stats_ext

-- try: activity
SELECT query FROM pg_stat_activity WHERE usename <> session_user AND query LIKE '%SECRETB%'

-- try: xml of a table
SELECT table_to_xml('public.visit', true, false, '')

-- try: xml of the database
SELECT schema_to_xml('public', true, false, '')

-- try: xml of a query
SELECT query_to_xml('SELECT * FROM public.case_note', true, false, '')

-- try: xml of a cursor
DECLARE c CURSOR FOR SELECT * FROM public.case_note
-- then
SELECT cursor_to_xml('c', 1000, true, false, '')

-- try: cursor
DECLARE c CURSOR FOR SELECT * FROM public.visit
-- then
FETCH ALL FROM c

-- try: prepared
PREPARE p AS SELECT * FROM public.visit
-- then
EXECUTE p

-- try: join
SELECT n.full_name FROM public.collection_case c JOIN public.borrower_name n ON n.borrower_id =
    c.borrower_id

-- try: lateral
SELECT v.note FROM public.branch b, LATERAL (SELECT * FROM public.visit v WHERE v.branch_id =
    {other}) v

-- try: union
SELECT note FROM public.visit UNION ALL SELECT text FROM public.case_note

-- try: aggregate
SELECT string_agg(note, ',') FROM public.visit

-- try: window
SELECT first_value(note) OVER (ORDER BY branch_id DESC) FROM public.visit

-- try: recursive
WITH RECURSIVE r AS (SELECT note, 1 n FROM public.visit UNION ALL SELECT note, n + 1 FROM r
    WHERE n < 3) SELECT * FROM r

-- try: explain
EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM public.visit WHERE branch_id = {other}

-- try: for update
SELECT * FROM public.collection_case WHERE branch_id = {other} FOR UPDATE

-- count: division
SELECT 1 / (CASE WHEN branch_id = {other} THEN 0 ELSE 1 END) FROM public.visit WHERE branch_id =
    {other}

-- try: text search
SELECT * FROM ts_stat('SELECT to_tsvector(''simple'', note) FROM public.visit')

-- try: do block
DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM public.visit LOOP RAISE NOTICE '%', r; END LOOP; END $$

-- try: own function
CREATE FUNCTION pg_temp.f(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$
-- then
SELECT * FROM public.visit WHERE pg_temp.f(note)

-- try: temporary table
CREATE TEMP TABLE t AS SELECT * FROM public.visit
-- then
TABLE t

-- try: temporary view
CREATE TEMP VIEW v AS SELECT * FROM public.visit
-- then
TABLE v

-- try: operator
SELECT * FROM public.visit WHERE note ~ '(?=SECRETB)' OR CAST(note AS integer) = 1

-- count: sum of money
SELECT count(*) FROM public.summary_visit WHERE branch_id = {other}

-- count: house sums
SELECT count(*) FROM public.summary_house

-- try: kept columns
SELECT convert_from(data, 'UTF8') FROM public.case_columns WHERE branch_id = {other}

-- try: kept periods
SELECT convert_from(data, 'UTF8') FROM public.case_period WHERE branch_id <> {own}

-- try: branch itself
SELECT * FROM public.branch WHERE id = {other}

-- count: branch by code
SELECT count(*) FROM public.branch WHERE code LIKE 'SECRETB%'

-- try: people of theirs
SELECT * FROM public.staff WHERE id = {other_staff}

-- count: their absences
SELECT count(*) FROM public.absence WHERE staff_id = {other_staff}

-- count: parameters
SELECT count(*) FROM public.parameter WHERE branch_id = {other}

-- count: views of theirs
SELECT count(*) FROM public.saved_view WHERE branch_id = {other}

-- try: results of others' commands
SELECT * FROM public.command_log WHERE command_id = 'theirs'

-- count: undo of others
SELECT count(*) FROM public.undo_entry WHERE branch_id = {other}

-- try: others' imports
SELECT * FROM public.import_batch

-- try: rows before an import
SELECT * FROM public.import_before

-- try: inbox
SELECT * FROM public.inbox

-- try: inbox copied
COPY (SELECT payload FROM public.inbox) TO STDOUT

-- count: column mappings
SELECT count(*) FROM public.import_mapping

-- count: audit
SELECT count(*) FROM public.audit_event

-- count: audit head
SELECT count(*) FROM public.audit_head

-- count: people of the office
SELECT count(*) FROM office.person

-- count: listing people
SELECT count(*) FROM office.people()

-- count: leases
SELECT count(*) FROM office.lease

-- try: passwords
SELECT rolpassword FROM pg_authid

-- try: shadow
SELECT passwd FROM pg_shadow

-- try: user mappings
SELECT * FROM pg_user_mapping

-- try: server file
SELECT pg_read_file('postgresql.conf')

-- try: server folder
SELECT pg_ls_dir('.')

-- try: log
SELECT pg_read_binary_file('log')

-- try: program
COPY public.case_note FROM PROGRAM 'echo'

-- try: to a program
COPY public.case_note TO PROGRAM 'cat'

-- try: to a file
COPY public.case_note TO '/tmp/stolen'

-- try: from a file
COPY public.case_note FROM '/etc/passwd'

-- count: sequence
SELECT last_value FROM public.row_id

-- count: sequences
SELECT count(last_value) FROM pg_sequences WHERE schemaname = 'public' AND sequencename <>
    'row_id'

-- count: current value
SELECT currval('public.row_id')

-- try: lead's views
SELECT * FROM office_lead.visit

-- count: lead's cases
SELECT count(*) FROM office_lead.collection_case
