"""What all commands share: the global options, opening the database, exit codes, error sentences.

Help texts are marked where they stand and translated when they are shown.
"""

import errno
import getpass
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import click

from supervisor import clock, credentials, i18n, logs, settings, words
from supervisor.cli import output, parser_words
from supervisor.cli.doors import Doors, Exit
from supervisor.errors import BadInputError, ExpectedError, NotAllowedError
from supervisor.i18n import fill, mark, tr
from supervisor.models.changes import Actor
from supervisor.models.enums import Role

if TYPE_CHECKING:
    from supervisor.models.database import Database


@dataclass(slots=True)
class Call:
    """One call of the program: its global options and what it may use."""

    doors: Doors
    database: str | None = None
    language: str | None = None
    json: bool = False
    as_of: date | None = None
    yes: bool = False
    preferences: settings.Preferences = field(default_factory=settings.Preferences)
    person: Actor | None = None
    recognised: bool = False

    def address(self) -> str:
        """The address to connect with, its password put in when the key store has one."""
        chosen = settings.database_address(self.database, self.preferences, settings.machine())
        return credentials.completed(chosen.text)

    def attach_standby(self, database: "Database") -> None:
        """Reports read the standby where one is named."""
        fixed = settings.machine()
        chosen = settings.database_address(self.database, self.preferences, fixed)
        reads = settings.standby_address(chosen.text, fixed)
        if reads is not None:
            from supervisor.models.aside import attach
            from supervisor.models.database import Database

            attach(database, Database(credentials.completed(reads)))

    @contextmanager
    def opened(self, *, create: bool = False) -> "Iterator[Database]":
        """The database, ready; `create` also makes a missing SQLite file.

        Raises:
            ExpectedError: there is none, it is away, or it is not of our version.
        """
        from supervisor.models.database import Database
        from supervisor.models.migrations import runner

        database = Database(self.address())
        try:
            if database.is_sqlite and not create:
                path = runner.file_of(database)
                if not path.exists():
                    raise ExpectedError("file_missing", path=str(path))
            opening = runner.open_ready(database)
            if opening.copy is not None:
                output.say(
                    tr(
                        "The database was upgraded; the old file is kept as {name}.",
                        name=opening.copy.name,
                    )
                )
            self.person, self.recognised = database.actor, True
            self.attach_standby(database)
            yield database
        finally:
            database.close()

    def actor(self, role: Role | None = None) -> Actor:
        """Who asks: whom an office server knows, else the login in the role worn on this desk.

        Raises:
            NotAllowedError: the office gave this login another role.
        """
        if not self.recognised:
            self._recognise()
        if self.person is not None:
            if role not in {None, self.person.role}:
                raise NotAllowedError("office_role_fixed", role=self.person.role.value)
            return self.person
        return Actor(name=_login(self.address()), role=role or Role(self.preferences.role))

    def _recognise(self) -> None:
        """Ask an office server who we are, where an order is made before the database is opened."""
        from supervisor.models.database import Database

        database = Database(self.address())
        try:
            if not database.is_sqlite:
                database.recognise()
            self.person, self.recognised = database.actor, True
        finally:
            database.close()

    def day(self) -> date:
        """The business date to judge on: `--as-of`, else today."""
        return self.as_of or clock.today()

    def now(self) -> datetime:
        """The instant to judge on: now, or noon of an `--as-of` that is another day."""
        if self.as_of is None or self.as_of == clock.today():
            return clock.now()
        return datetime.combine(self.as_of, time(12), clock.SHANGHAI)

    def confirm(self, question: str) -> None:
        """Ask a person at a terminal, unless `--yes`; a script is never asked.

        Raises:
            click.Abort: the answer was no.
        """
        if not self.yes and output.can_ask():
            click.confirm(question, abort=True, err=True)


def _login(address: str) -> str:
    from supervisor.models.addresses import normalise_url

    try:
        return normalise_url(address).username or getpass.getuser()
    except (OSError, KeyError):
        return "desk"


class TranslatedOption(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The two columns of the help page."""
        kept, self.help = self.help, fill(self.help or "", {}) if self.help else self.help
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = kept


class TranslatedCommand(click.Command):
    """A command whose help is translated when it is shown, and which takes the global options."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line of the list of commands."""
        del limit
        return fill(self.short_help or self.help or "", {})

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The description on the help page."""
        kept, self.help = self.help, fill(self.help or "", {})
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = kept

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in the language in force."""
        made = super().get_help_option(ctx)
        if made is not None:
            made.help = tr("Show this message and exit.")
        return made

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Own parameters, the global options, `--help`."""
        return [*self.params, *_global_options(), *super().get_params(ctx)[len(self.params) :]]


class TranslatedGroup(TranslatedCommand, click.Group):
    """A group of such commands."""


def _global_options() -> list[click.Parameter]:
    return [
        _global("--database", "database", mark("Address or file of the database.")),
        _global(
            "--lang", "language", mark("Language: zh_CN or en."), kind=click.Choice(i18n.LANGUAGES)
        ),
        _global("--json", "json", mark("Data as JSON on stdout."), is_flag=True),
        _global("--as-of", "as_of", mark("Judge on this day instead of today."), kind=DAY),
        _global("--yes", "yes", mark("Do not ask."), is_flag=True),
    ]


def _global(
    flag: str,
    name: str,
    text: str,
    kind: click.ParamType[Any] | None = None,
    *,
    is_flag: bool = False,
) -> click.Option:
    def keep(ctx: click.Context, _param: click.Parameter, value: object) -> None:
        if value not in {None, False}:
            setattr(ctx.find_object(Call), name, value)

    return TranslatedOption(
        [flag, f"_{name}"],
        help=text,
        type=kind,
        is_flag=is_flag,
        expose_value=False,
        callback=keep,
    )


class Day(click.ParamType[date]):
    """A business date written as 2026-11-23."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        del param, ctx
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise BadInputError("argument_not_a_date", value=value) from error


DAY = Day()


def option(*names: str, text: str, **attributes: Any) -> Callable[[Any], Any]:
    """`click.option` with a marked help text."""
    return click.option(*names, cls=TranslatedOption, help=text, **attributes)


def run(group: click.Group, arguments: Sequence[str], doors: Doors) -> int:
    """Carry out one call; gives the exit code. Errors become sentences here and nowhere else."""
    output.prepare_streams()
    call = Call(doors)
    _speak(_language_of(arguments) or call.preferences.language)
    try:
        return _carry_out(group, list(arguments), call)
    except (Exception, KeyboardInterrupt, SystemExit) as error:  # noqa: BLE001 - none leaves
        return _told(error)


def told_of_window(error: BaseException) -> int:
    """Say what ended a window that was opened without us; the exit code it means."""
    output.prepare_streams()
    _speak(settings.load().preferences.language)
    logs.start()
    return _told(error)


def _told(error: BaseException) -> int:
    if isinstance(error, (click.ClickException, ExpectedError, click.Abort, KeyboardInterrupt)):
        sentence, code = _refusal(error)
        output.say(sentence)
        return code
    if isinstance(error, SystemExit):  # so click leaves when the reader of our output went away
        return Exit.WORLD_SAID_NO
    if isinstance(error, OSError):
        return _refused_by_system(error)
    return _our_bug(error)


def _carry_out(group: click.Group, arguments: list[str], call: Call) -> int:
    _check_clock()
    loaded = settings.load()
    call.preferences = loaded.preferences
    _speak(_language_of(arguments) or call.preferences.language)
    if loaded.set_aside is not None:
        output.say(words.sentence("preferences_set_aside", {"name": loaded.set_aside.name}))
    logs.start()
    result = group.main(arguments, prog_name="supervisor", standalone_mode=False, obj=call)
    output.deliver()
    return int(result) if isinstance(result, int) else Exit.DONE


def _speak(language: str) -> None:
    i18n.set_language(language)
    parser_words.speak()


def _check_clock() -> None:
    """Refuse a fixed clock that cannot be read, before anything depends on it."""
    try:
        clock.now()
    except ValueError as error:
        fixed = os.environ.get(clock.ENVIRONMENT_VARIABLE, "")
        raise BadInputError("clock_unreadable", value=fixed) from error


_REFUSED_BY_SYSTEM = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO),
        *(errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EMFILE),
    }
)
"""What a computer refuses for reasons of its own; other errors of the system are our bugs."""


def _refused_by_system(error: OSError) -> int:
    if isinstance(error, BrokenPipeError):
        output.let_go()
        return Exit.WORLD_SAID_NO
    if error.errno not in _REFUSED_BY_SYSTEM:
        return _our_bug(error)
    output.let_go()
    path = str(error.filename or tr("standard output"))
    output.say(words.sentence("system_refused", {"path": path, "why": str(error.strerror)}))
    return Exit.WORLD_SAID_NO


def _refusal(error: BaseException) -> tuple[str, Exit]:
    if isinstance(error, click.ClickException):
        return _usage_sentence(error), Exit.USAGE
    if isinstance(error, ExpectedError):
        usage = isinstance(error, BadInputError)
        return words.sentence_of(error), Exit.USAGE if usage else Exit.WORLD_SAID_NO
    return tr("Stopped. Nothing was changed."), Exit.WORLD_SAID_NO


def _our_bug(error: BaseException) -> int:
    logging.getLogger(__name__).error("not caught", exc_info=error)
    crash = logs.crash_of(error)
    output.say(tr("This is a fault of the program, not of yours."))
    if crash.path is not None:
        output.say(tr("A report without private data was written to {path}.", path=crash.path))
    return Exit.OUR_BUG


def _language_of(arguments: Sequence[str]) -> str | None:
    """`--lang` before anything is parsed, so that help and usage errors speak it too."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if before == "--lang":
            return argument
    return None


def _usage_sentence(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return tr("There is no option {name}.", name=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        known = error.param.type if error.param else None
        if isinstance(known, click.Choice):
            choices = ", ".join(map(str, known.choices))
            return tr("{name} is missing, one of: {choices}", name=_name_of(error) or name,
                      choices=choices)  # fmt: skip
        return tr("{name} is missing.", name=_name_of(error) or name)
    if isinstance(error, click.BadParameter):
        return tr(
            "{name}: this value cannot be used. {why}", name=_name_of(error), why=error.message
        )
    return tr("The command cannot be understood. {why}", why=error.format_message())


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return (error.param.metavar or error.param.name or "").upper()
