-- Private items of the own branch, reveals without their price. Format: see attacks.py.

-- try: private table
SELECT * FROM public.borrower_private WHERE branch_id = {own}

-- try: private column
SELECT liability FROM public.borrower_private

-- try: private copied
COPY public.borrower_private (phones) TO STDOUT

-- count: private counted
SELECT count(*) FROM public.borrower_private

-- try: name that is hidden
SELECT full_name FROM public.borrower_name WHERE branch_id = {own}

-- count: name by guess
SELECT count(*) FROM public.borrower_name WHERE full_name LIKE 'P%'

-- try: name whole row
SELECT n FROM public.borrower_name n

-- try: mask's source
SELECT * FROM office_desk.borrower_private WHERE CAST(phones AS integer) = 1 AND branch_id =
    {own}

-- count: kind under the mask
SELECT count(*) FROM office_desk.borrower_private WHERE liability <> ''

-- count: whole number
SELECT count(*) FROM office_desk.borrower_private WHERE phones LIKE '%13800002041%' OR id_number
    = '440106198001010019'

-- count: house number
SELECT count(*) FROM office_desk.borrower_private WHERE addresses LIKE '%100%'

-- count: their masks
SELECT count(*) FROM office_desk.borrower_private WHERE branch_id = {other}

-- try: nothing revealed
SELECT * FROM office.revealed({own}, {own_case})

-- try: reveal without reason
SELECT office.reveal({own_case}, 'phones', '')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({own}, {own_case})

-- try: reveal with a sentence
SELECT office.reveal({own_case}, 'phones', 'because I want')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({own}, {own_case})

-- try: reveal nothing known
SELECT office.reveal({own_case}, 'soul', 'visit')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({own}, {own_case})

-- try: reveal of theirs
SELECT office.reveal({other_case}, 'phones,name', 'visit')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({other}, {other_case})

-- try: reveal taken back
SELECT office.reveal({own_case}, 'name', 'visit')
-- then
SELECT * FROM office.revealed({own}, {own_case})
-- then
ROLLBACK

-- try: reveal taken back to a savepoint
SAVEPOINT s
-- then
SELECT office.reveal({own_case}, 'name', 'visit')
-- then
SELECT * FROM office.revealed({own}, {own_case})
-- then
ROLLBACK TO s

-- try: reveal inside a subtransaction
DO $$ BEGIN BEGIN PERFORM office.reveal({own_case}, 'name', 'visit'); RAISE EXCEPTION '%', (SELECT full_name FROM office.revealed({own}, {own_case})); END; END $$

-- try: lease by hand
INSERT INTO office.lease VALUES (session_user, {own}, {own_case}, ARRAY['name'], now() +
    interval '1 day', '1')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({own}, {own_case})

-- try: lease by its function
SELECT office.lease_items('{{"case_id": {own_case}, "names": "name", "reason": "x"}}')
-- then
COMMIT
-- then
SELECT * FROM office.revealed({own}, {own_case})

-- count: hiding as an oracle
SELECT office.hide({own}, {own_case}, '13800002041') = '**'

-- try: hidden texts
SELECT office.hidden('review.reason', {other}, 1)

-- try: entries of theirs
SELECT office.entries(phones) FROM public.borrower_private
