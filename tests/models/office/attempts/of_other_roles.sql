-- What other roles try. Each name begins with the group. Format: see attacks.py.

-- try: training_lead: the note itself
SELECT note FROM public.visit

-- try: training_lead: names
SELECT * FROM public.borrower_name

-- try: training_lead: private items
SELECT * FROM public.borrower_private

-- count: training_lead: masks of private items
SELECT count(*) FROM office_desk.borrower_private WHERE phones <> '[]' AND false

-- try: training_lead: borrowers
SELECT * FROM public.borrower

-- count: training_lead: borrowers by sound
SELECT count(*) FROM office_lead.borrower WHERE pinyin_key <> '' OR initials <> '' OR phone_tail <> ''

-- count: training_lead: notes through the view
SELECT count(*) FROM office_lead.visit WHERE note LIKE '%NOTEA%' OR latitude IS NOT NULL

-- try: training_lead: case numbers
SELECT case_no FROM public.collection_case

-- count: training_lead: case numbers through the view
SELECT count(*) FROM office_lead.collection_case WHERE case_no LIKE 'AJ%' OR contract_no IS NOT NULL

-- try: training_lead: notes on cases
SELECT * FROM public.case_note

-- try: training_lead: complaints
SELECT about FROM public.complaint

-- try: training_lead: what flags rest on
SELECT evidence, snapshot FROM public.flag

-- count: training_lead: what flags rest on through the view
SELECT count(*) FROM office_lead.flag WHERE evidence <> '' OR snapshot <> '{{}}'

-- try: training_lead: a reveal
SELECT office.reveal({own_case}, 'name', 'training')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({own}, {own_case})

-- count: training_lead: an oracle
SELECT office.hide({own}, {own_case}, 'x') = 'x'

-- try: training_lead: case numbers written
UPDATE office_lead.collection_case SET case_no = 'x'

-- try: training_lead: case moved
UPDATE office_lead.flag SET branch_id = {own} WHERE branch_id = {other}

-- try: training_lead: kept columns
SELECT data FROM public.case_columns

-- count: training_lead: reports
SELECT count(*) FROM public.report_run WHERE kind <> 'training'

-- count: training_lead: copies of reports
SELECT count(*) FROM public.report_copy

-- try: training_lead: a weekly made of a pack
UPDATE public.report_run SET kind = 'weekly'

-- try: manager: case changed
UPDATE public.collection_case SET mark = 'a'

-- try: manager: visit changed
UPDATE public.visit SET note = 'x'

-- try: manager: hold ended
UPDATE public.hold SET ended_at = now()

-- try: manager: private items
SELECT * FROM public.borrower_private

-- try: manager: names that are hidden
SELECT * FROM public.borrower_name WHERE branch_id = {own}

-- try: manager: rules
INSERT INTO public.rule_change (id, pack_id, valid_from, confirmed, by, text, hash, recorded_at)
VALUES (99, 'cn', '2026-01-01', true, 'x', '{{}}', 'x', now())

-- try: manager: parameters
UPDATE public.parameter SET value = '1'

-- try: manager: audit
SELECT * FROM public.audit_event

-- try: manager: plan made
INSERT INTO public.visit_plan (branch_id, id, case_id, plan_no, plan_on, window_from, window_until,
    recorded_at) VALUES ({own}, 999999, {own_case}, 'x', '2026-11-24', now(), now(), now())

-- try: compliance: rule switched off
INSERT INTO public.rule_change (id, pack_id, valid_from, enabled, by, text, hash, recorded_at)
VALUES (99, 'cn', '2026-01-01', false, 'x', '{{}}', 'x', now())

-- try: compliance: threshold set while confirming
INSERT INTO public.rule_change (id, pack_id, valid_from, confirmed, params, by, text, hash,
    recorded_at) VALUES (99, 'cn', '2026-01-01', true, '{{"a": 1}}', 'x', '{{}}', 'x', now())

-- try: compliance: audit
DELETE FROM public.audit_event

-- try: compliance: judgement rewritten
UPDATE public.review SET verdict = 'x'

-- try: compliance: private items
SELECT * FROM public.borrower_private

-- try: compliance: case given away
UPDATE public.collection_case SET agent_id = NULL

-- try: compliance: parameters
UPDATE public.parameter SET value = '1'

-- try: admin: private items
SELECT * FROM public.borrower_private

-- try: admin: names that are hidden
SELECT * FROM public.borrower_name WHERE branch_id = {own}

-- try: admin: a reveal
SELECT office.reveal({own_case}, 'name', 'curiosity')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({own}, {own_case})

-- try: admin: payloads
SELECT payload FROM public.inbox

-- count: admin: rows before an import of private items
SELECT count(*) FROM public.import_before WHERE table_name = 'borrower_private'

-- try: admin: rule confirmed
INSERT INTO public.rule_change (id, pack_id, valid_from, confirmed, by, text, hash, recorded_at)
VALUES (99, 'cn', '2026-01-01', true, 'x', '{{}}', 'x', now())

-- try: admin: audit
UPDATE public.audit_event SET actor = 'x'

-- try: admin: a role
CREATE ROLE stolen LOGIN

-- try: admin: a worker, who sees private items
SELECT office.person_add('stolen', 'worker', '{{}}', true, NULL)

-- try: admin: turning into a worker
SELECT office.person_change('管理', 'worker', '{{}}', true, NULL)

-- try: admin: the worker's password
SELECT office.person_change('worker', NULL, '{{}}', false, 'SCRAM-SHA-256$4096:AA==$AA==:AA==')

-- try: admin: a plain password
SELECT office.person_add('stolen', 'auditor', '{{}}', true, 'plain')

-- try: admin: a name that is SQL
SELECT office.person_add('x" SUPERUSER --', 'auditor', '{{}}', true, NULL)

-- try: admin: a name of the server's own
SELECT office.person_add('pg_monitor', 'auditor', '{{}}', true, NULL)

-- try: admin: the owner as a person
SELECT office.person_change('postgres', 'auditor', '{{}}', true, NULL)

-- try: admin: the owner switched off
SELECT office.person_disable('postgres')

-- try: admin: hold of a flag
UPDATE public.hold SET ended_at = now() WHERE flag_id IS NOT NULL

-- try: admin: settled past the door
SELECT office.settle('管理', 'worker', '{{}}', true, 'owner')

-- try: ingest: inbox read
SELECT * FROM public.inbox

-- try: ingest: inbox changed
UPDATE public.inbox SET state = 'waiting'

-- try: ingest: what came of it
INSERT INTO public.inbox (kind, payload, source, key, received_at, state)
VALUES ('cases', '{{}}', 's', 'k', now(), 'done')

-- try: ingest: returning
INSERT INTO public.inbox (kind, payload, source, key, received_at)
VALUES ('cases', '{{}}', 's', 'k', now()) RETURNING payload

-- try: ingest: cases
SELECT * FROM public.collection_case

-- try: ingest: branches
SELECT * FROM public.branch

-- try: ingest: an event
SELECT office.append_event('held', 'x', '{{}}')

-- try: ingest: row ids
SELECT nextval('public.row_id')

-- try: auditor: cases
SELECT * FROM public.collection_case

-- try: auditor: audit written
INSERT INTO public.audit_event VALUES (999, now(), 'x', 'admin', 'held', 'x', '{{}}', 'x', 'x')

-- try: auditor: an event
SELECT office.append_event('held', 'x', '{{}}')

-- try: auditor: private items
SELECT * FROM public.borrower_private

-- try: worker: audit
DELETE FROM public.audit_event

-- try: worker: a role
CREATE ROLE stolen LOGIN

-- try: worker: rules
INSERT INTO public.rule_change (id, pack_id, valid_from, enabled, by, text, hash, recorded_at)
VALUES (99, 'cn', '2026-01-01', false, 'x', '{{}}', 'x', now())

-- try: worker: parameters
UPDATE public.parameter SET value = '1'

-- try: worker: judgements
INSERT INTO public.review (branch_id, id, flag_id, number, reviewer, role, verdict, recorded_at)
VALUES ({own}, 999999, {flag}, 9, 'x', 'compliance', 'upheld', now())

-- count: training_lead: guessing in another's name
INSERT INTO office_lead.review (branch_id, id, flag_id, round, number, reviewer, role, verdict,
    reason, blind, decides, recorded_at)
VALUES ({own}, 999998, {flag}, 7, 7, 'somebody', 'compliance', 'true', 'x 440106198001010019 y',
    true, false, now())
-- then
SELECT count(*) FROM office_lead.review WHERE id = 999998 AND reason LIKE '%**%'
-- then
ROLLBACK

-- try: training_lead: a judgement past the view
INSERT INTO public.review (branch_id, id, flag_id, number, reviewer, role, verdict, recorded_at)
VALUES ({own}, 999999, {flag}, 9, session_user, 'training_lead', 'upheld', now())
