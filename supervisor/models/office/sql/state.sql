-- What the office itself keeps. A lease: what a login may read unmasked for some minutes, after
-- the audit has learned why.

CREATE TABLE IF NOT EXISTS office.house (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    prefix text NOT NULL
);
CREATE TABLE IF NOT EXISTS office.person (
    login text PRIMARY KEY,
    role text NOT NULL,
    branches bigint[] NOT NULL DEFAULT '{}',
    everywhere boolean NOT NULL DEFAULT false,
    staff_id bigint,
    disabled_at timestamptz,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE IF NOT EXISTS office.lease (
    login text NOT NULL,
    branch_id bigint NOT NULL,
    case_id bigint NOT NULL,
    items text[] NOT NULL,
    until timestamptz NOT NULL,
    xact xid8 NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_lease_login ON office.lease (login, case_id);
ALTER TABLE public.command_log ADD COLUMN IF NOT EXISTS login text DEFAULT session_user;
