"""`doctor`: what is wrong with the database, in plain words."""

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand
from supervisor.errors import ExpectedError
from supervisor.i18n import mark


@click.command(
    cls=TranslatedCommand, help=mark("Say what is wrong with the database, if anything.")
)
@click.pass_obj
def doctor(call: Call) -> int:
    """Connection, encryption, version, tables, rights, clock, disk; writes nothing."""
    from supervisor.models.database import Database
    from supervisor.models.migrations import runner
    from supervisor.models.office.health import Verdict, examine

    database = Database(call.address())
    try:
        if database.is_sqlite and not runner.file_of(database).exists():
            raise ExpectedError("file_missing", path=str(runner.file_of(database)))
        call.attach_standby(database)
        found = examine(database)
    finally:
        database.close()
    wrong = any(one.verdict is Verdict.WRONG for one in found)
    if call.json:
        output.emit_json(
            {
                "ok": not wrong,
                "findings": [
                    {
                        "checked": one.checked,
                        "verdict": one.verdict,
                        "code": one.code,
                        "facts": one.facts,
                        "words": words.sentence(one.code, one.facts),
                    }
                    for one in found
                ],
            }
        )
    else:
        signs = {Verdict.GOOD: "  ", Verdict.WORTH_KNOWING: "- ", Verdict.WRONG: "! "}
        for one in found:
            click.echo(signs[one.verdict] + words.sentence(one.code, one.facts))
    return Exit.CHECK_FAILED if wrong else Exit.DONE
