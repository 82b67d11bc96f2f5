-- Changing the other branch, the audit, rules, rights, the server. Format: see attacks.py.

-- try: become the owner
SET ROLE postgres

-- try: become the server
SET ROLE template_office_server
-- then
SELECT * FROM public.borrower_private

-- try: become the keeper
SET ROLE template_office_keeper
-- then
CREATE ROLE stolen LOGIN

-- try: become a worker
SET ROLE template_office_worker
-- then
SELECT * FROM public.borrower_private

-- try: become everybody
SET ROLE template_office_everywhere
-- then
SELECT * FROM public.visit

-- try: become an admin
SET ROLE template_office_admin
-- then
UPDATE public.branch SET shows_names = true

-- try: another session
SET SESSION AUTHORIZATION postgres

-- try: another person
SET SESSION AUTHORIZATION "管理"

-- try: grant oneself
GRANT template_office_admin TO session_user

-- try: grant a table
GRANT SELECT ON public.borrower_private TO PUBLIC

-- try: superuser
ALTER ROLE session_user SUPERUSER

-- try: create a role
CREATE ROLE stolen LOGIN

-- try: other's password
ALTER ROLE "管理" PASSWORD 'x'

-- try: drop a role
DROP ROLE "管理"

-- try: no more security
ALTER TABLE public.visit DISABLE ROW LEVEL SECURITY

-- try: other policy
CREATE POLICY mine ON public.visit USING (true)

-- try: drop a policy
DROP POLICY office_reads ON public.visit

-- try: own a table
ALTER TABLE public.visit OWNER TO session_user

-- try: rule
CREATE RULE r AS ON SELECT TO public.visit DO INSTEAD SELECT 1

-- try: trigger
CREATE TRIGGER t BEFORE INSERT ON public.visit EXECUTE FUNCTION office.stays()

-- try: no trigger
ALTER TABLE public.audit_event DISABLE TRIGGER ALL

-- try: replica
SET session_replication_role = replica
-- then
DELETE FROM public.audit_event

-- try: function in public
CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'

-- try: function in office
CREATE OR REPLACE FUNCTION office.branches() RETURNS bigint[] LANGUAGE sql AS $$ SELECT ARRAY[{other}::bigint] $$
-- then
SELECT * FROM public.visit

-- try: table in public
CREATE TABLE public.t (x int)

-- try: operator before theirs
CREATE SCHEMA mine
-- then
SET search_path = mine, pg_catalog
-- then
SELECT office.branches()

-- try: language
CREATE EXTENSION plpython3u

-- try: extension
CREATE EXTENSION dblink

-- try: large object
SELECT lo_from_bytea(0, 'x')

-- try: large object made
SELECT lo_create(0)

-- try: large object read
SELECT lo_import('/etc/passwd')

-- try: sequence set
SELECT setval('public.row_id', 1)

-- try: sequence restarted
ALTER SEQUENCE public.row_id RESTART

-- try: audit update
UPDATE public.audit_event SET actor = 'x'

-- try: audit delete
DELETE FROM public.audit_event

-- try: audit truncate
TRUNCATE public.audit_event

-- try: audit insert
INSERT INTO public.audit_event VALUES (999, now(), 'x', 'admin', 'held', 'x', '{{}}', 'x', 'x')

-- try: head update
UPDATE public.audit_head SET count = 0

-- try: head delete
DELETE FROM public.audit_head

-- try: an event of another act
SELECT office.note_people('user_added', 'x', 'admin')

-- try: an event that is none
SELECT office.append_event('HELD', 'x', '{{}}')

-- try: an event without facts
SELECT office.append_event('held', 'x', '[]')

-- try: revision back
UPDATE public.revision SET number = -1

-- try: revision far
UPDATE public.revision SET number = 9999999

-- try: a topic more
INSERT INTO public.revision VALUES ('mine', 1)

-- try: rule pack
INSERT INTO public.rule_change (id, pack_id, valid_from, enabled, by, text, hash, recorded_at)
    VALUES (99, 'cn', '2026-01-01', false, 'x', '{{}}', 'x', now())

-- try: rule away
DELETE FROM public.rule_change

-- try: parameter of the house
INSERT INTO public.parameter (branch_id, key, value, recorded_at) VALUES (0, 'undo_minutes',
    '9999', now())

-- try: own parameter
UPDATE public.parameter SET value = '9999'

-- try: show names
UPDATE public.branch SET shows_names = true WHERE id = {own}

-- try: new branch
INSERT INTO public.branch (id, code, name, recorded_at) VALUES (999999, 'x', 'x', now())

-- try: own staff
UPDATE public.staff SET training_valid_until = '2099-01-01'

-- try: payment invented
INSERT INTO public.payment (branch_id, id, contract_id, payment_no, value_on, amount_fen,
    recorded_at) SELECT branch_id, 999999, contract_id, 'x', value_on, 1, now() FROM public.payment
    LIMIT 1

-- try: case given away
UPDATE public.collection_case SET branch_id = {other} WHERE id = {own_case}

-- try: case taken
UPDATE public.collection_case SET branch_id = {own} WHERE id = {other_case}

-- try: borrower given away
UPDATE public.borrower SET branch_id = {other} WHERE id = {own_borrower}

-- try: visit in their figures
INSERT INTO public.visit (branch_id, id, case_id, visit_no, done_by_branch_id, visited_on,
    started_at, outcome, recorded_at) VALUES ({own}, 999999, {own_case}, 'x', {other}, '2026-11-20',
    now(), 'NO_ONE', now())

-- try: visit turned theirs
UPDATE public.visit SET done_by_branch_id = {other}

-- try: promise in their figures
UPDATE public.promise SET done_by_branch_id = {other}

-- try: their day marked
INSERT INTO public.summary_dirty (branch_id, day) VALUES ({other}, '2026-01-01')

-- try: sums
UPDATE public.summary_visit SET visits = 1

-- try: own sums
DELETE FROM public.summary_visit WHERE branch_id = {own}

-- try: flag's hold ended
UPDATE public.hold SET ended_at = now() WHERE flag_id IS NOT NULL

-- try: flag's hold deleted
DELETE FROM public.hold WHERE flag_id IS NOT NULL

-- try: judgement changed
UPDATE public.review SET verdict = 'false'

-- try: judgement deleted
DELETE FROM public.review

-- try: move deleted
DELETE FROM public.flag_event

-- try: finding changed
UPDATE public.finding SET severity = 'info'

-- try: teaching case
UPDATE public.teaching_case SET text = 'x'

-- try: course
UPDATE public.training_course SET name = 'x'

-- try: others' view
UPDATE public.saved_view SET name = 'x'

-- try: others' view gone
DELETE FROM public.saved_view

-- try: view for others
INSERT INTO public.saved_view (id, branch_id, owner, scope, name, definition, recorded_at)
    VALUES (99, {other}, session_user, 'shared', 'x', '{{}}', now())

-- try: view as another
INSERT INTO public.saved_view (id, owner, scope, name, definition, recorded_at) VALUES (99,
    'owner', 'mine', 'x', '{{}}', now())

-- try: others' command
UPDATE public.command_log SET undone_by = 'x'

-- try: others' command again
INSERT INTO public.command_log (command_id, at, result) VALUES ('theirs', now(), '') ON CONFLICT
    (command_id) DO UPDATE SET result = 'x'

-- try: inbox written
INSERT INTO public.inbox (kind, payload, source, key, received_at) VALUES ('cases', '{{}}', 'x',
    'x', now())

-- try: inbox emptied
UPDATE public.inbox SET state = 'done'

-- try: import done
INSERT INTO public.import_batch (id, kind, source, file_name, file_sha256, done_at, done_by,
    rows_read, inserted, updated, unchanged, refused, command_id) VALUES (99, 'x', 'x', 'x', 'x',
    now(), session_user, 0, 0, 0, 0, 0, 'x')

-- try: merge
MERGE INTO public.collection_case c USING (SELECT 1) s ON c.branch_id = {other} WHEN MATCHED
    THEN UPDATE SET mark = 'a'

-- try: update by join
UPDATE public.collection_case c SET mark = 'a' FROM public.branch b WHERE c.branch_id <> {own}

-- try: delete by a with
WITH d AS (DELETE FROM public.case_note RETURNING *) SELECT * FROM d WHERE branch_id = {other}
-- then
ROLLBACK

-- try: conflict on theirs
INSERT INTO public.case_note (branch_id, id, case_id, text, by, recorded_at) SELECT {other}, n,
    {other_case}, 'x', 'x', now() FROM generate_series(1, 200) n ON CONFLICT DO NOTHING

-- try: foreign key
INSERT INTO public.case_note (branch_id, id, case_id, text, by, recorded_at) VALUES ({own},
    999999, {other_case}, 'x', 'x', now())

-- try: unique error
INSERT INTO public.staff (id, branch_id, staff_no, name, recorded_at) VALUES ({other_staff},
    {own}, 'x', 'x', now())

-- try: person added
SELECT office.person_add('stolen', 'admin', '{{}}', true, NULL)

-- try: person changed
SELECT office.person_change(session_user::text, 'admin', '{{}}', true, NULL)

-- try: person disabled
SELECT office.person_disable('管理')

-- try: settled
SELECT office.settle(session_user::text, 'admin', '{{}}', true, 'owner')

-- try: branches by hand
UPDATE office.person SET branches = ARRAY[{other}]

-- try: everywhere by hand
UPDATE office.person SET everywhere = true

-- try: person by hand
INSERT INTO office.person (login, role, changed_by) VALUES ('x', 'admin', 'x')

-- try: lock
LOCK TABLE public.audit_event IN ACCESS EXCLUSIVE MODE

-- try: drop
DROP TABLE public.visit

-- try: drop the office
DROP SCHEMA office CASCADE

-- try: rename
ALTER TABLE public.visit RENAME TO v

-- try: server setting
ALTER SYSTEM SET log_statement = 'all'

-- try: database setting
ALTER DATABASE template_office SET row_security = off

-- count: end others
WITH others AS MATERIALIZED (SELECT pid FROM pg_stat_activity WHERE usename <> session_user)
SELECT count(*) FROM others WHERE pg_terminate_backend(pid)

-- try: version of the tables
UPDATE public.alembic_version SET version_num = 'x'

-- try: id counter
INSERT INTO public.id_counter VALUES ('row', 1)

-- try: judging as compliance
INSERT INTO public.review (branch_id, id, flag_id, round, number, reviewer, role, verdict, recorded_at)
VALUES ({own}, 999999, {flag}, 9, 9, session_user, 'compliance', 'upheld', now())

-- try: judging as somebody else
INSERT INTO public.review (branch_id, id, flag_id, round, number, reviewer, role, verdict, recorded_at)
VALUES ({own}, 999999, {flag}, 9, 9, '孙岚', 'supervisor', 'upheld', now())

-- try: a move of somebody else
INSERT INTO public.flag_event (branch_id, id, flag_id, kind, by, role, recorded_at)
VALUES ({own}, 999999, {flag}, 'hold_lifted', '孙岚', 'compliance', now())

-- try: a note of somebody else
INSERT INTO public.case_note (branch_id, id, case_id, text, by, recorded_at)
VALUES ({own}, 999999, {own_case}, 'x', '钱峰', now())
