"""Sentences of the database door and the schema."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {
        "database_address_unreadable": tr(
            "The database address cannot be read. Write a file name or postgresql://user@host/name."
        ),
        "database_kind_unknown": tr(
            "Databases of kind {kind} are not supported; use a SQLite file or PostgreSQL."
        ),
        "database_busy": tr(
            "The database is busy with somebody else's work. Try again in a moment."
        ),
        "database_slow": tr(
            "The database took too long to answer. Try again, or narrow the conditions."
        ),
        "database_unreachable": tr(
            "The database cannot be reached. Check the network and whether the server runs."
        ),
        "certificate_refused": tr(
            "The server's certificate is not the one expected. Check sslrootcert and the host name "
            "in the address; do not go on without."
        ),
        "encryption_wanted": tr(
            "The server lets nobody in unencrypted. Add sslmode=verify-full to the address."
        ),
        "database_missing": tr("The server answers, but has no database of this name."),
        "not_allowed": tr("This login may not do that on the database."),
        "login_without_screens": tr(
            "This login has no screens. It works by commands: supervisor --help lists them."
        ),
        "login_refused": tr("The database refused the login. Check user name and password."),
        "schema_missing": tr(
            "The database has no tables of this program yet. An administrator runs: "
            "supervisor migrate."
        ),
        "schema_too_new": tr(
            "The database was made by a newer version of this program. Install the newer version."
        ),
        "schema_behind": tr(
            "The database is of an older version. An administrator runs: supervisor migrate."
        ),
        "server_too_old": tr(
            "The server runs PostgreSQL {found}. This program needs PostgreSQL {least} or newer."
        ),
        "server_not_utf8": tr(
            "The database keeps text as {found}. Create it with the encoding UTF8."
        ),
        "server_read_only": tr(
            "The server takes no changes at present: it is a read-only standby."
        ),
        "schema_not_ours": tr(
            "The database holds tables of another program. Choose an empty database or ours."
        ),
        "disk_full": tr("The disk is full. Nothing was written."),
        "disk_room_short": tr(
            "Copying the data file takes {needed} MB, and {free} MB are free in {folder}. "
            "Make room and try again. Nothing was changed."
        ),
        "copy_failed": tr(
            "The data file could not be copied. Check the disk that holds {folder}. "
            "Nothing was changed."
        ),
        **_of_backups(),
        "already_there": tr(
            "The same record is there already; it was written meanwhile by somebody else."
        ),
        "file_read_only": tr("The database file may only be read. Check its rights."),
        "file_unreachable": tr(
            "The database file cannot be opened. Check that its folder exists and can be written."
        ),
        "file_is_folder": tr("{path} is a folder. Name the database file in it."),
        "file_not_ours": tr("The file is not a database of this program."),
        "file_damaged": tr(
            "The database file is damaged. Use the copy made before the last upgrade, or a backup."
        ),
        "file_on_network_drive": tr(
            "The database file lies on a network drive, where it would not be safe. Use a"
            " local folder, or PostgreSQL to share."
        ),
        "no_revisions": tr(
            "The program's installation is incomplete: its schema revisions are missing. "
            "Install it again."
        ),
    }


def _of_backups() -> dict[str, str]:
    return {
        "backup_exists": tr(
            "There is a file {path} already. Choose another name; no backup is written over."
        ),
        "backup_unwritable": tr("{path} cannot be written. Check the folder, its rights and room."),
        "backup_unreadable": tr("The backup {path} cannot be read."),
        "backup_other_kind": tr(
            "{path} is not a backup of this kind of database: a SQLite file is restored into a "
            "file, a server's backup into a server."
        ),
        "backup_damaged": tr(
            "A database restored from the backup is not whole, so the backup is not kept. "
            "The data themselves were not touched."
        ),
        "backup_audit_broken": tr(
            "The audit of this database is broken at event {event}. Find out why before copying it."
        ),
        "backup_tool_missing": tr(
            "{tool} was not found. Install the PostgreSQL client tools, version {needed} or newer."
        ),
        "backup_tool_old": tr(
            "{tool} is of version {found}, but the server needs {needed} or newer."
        ),
        "backup_tool_failed": tr(
            "{tool} could not do its work (code {status}). Check the login's rights; nothing half-"
            "written is left."
        ),
        "restore_not_empty": tr(
            "{name} holds tables already. Restore into a new file or an empty database; nothing is "
            "written over."
        ),
    }
