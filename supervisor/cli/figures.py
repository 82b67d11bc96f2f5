"""`agreement`, `effects`, `questions`: figures about reviews, notice, training and visits."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.i18n import mark, ntr, tr
from supervisor.words.of_training_screen import (
    agreement_text,
    appeals_text,
    difference_text,
    notice_definition,
    question_text,
    rate_text,
    training_definition,
)

QUARTER, MONTH = 90, 31
_DAY = click.DateTime(["%Y-%m-%d"])
_FROM = option("--from", "first", type=_DAY, text=mark("First day."))
_UNTIL = option("--until", "last", type=_DAY, text=mark("Last day; today unless said."))


def _period(
    call: Call, first: datetime | None, last: datetime | None, days: int
) -> tuple[date, date]:
    end = last.date() if last else call.day()
    return (first.date() if first else end - timedelta(days=days - 1)), end


@click.command(cls=TranslatedCommand,
               help=mark("How far two reviewers agree who could not see each other."))  # fmt: skip
@_FROM
@_UNTIL
@click.pass_obj
def agreement(call: Call, /, first: datetime | None, last: datetime | None) -> int:
    """Cohen's kappa with its interval, pairs and appeals."""
    from supervisor.models.queries.agreement import agreement as ask
    from supervisor.models.rows.agreement import AgreementFilter

    begins, ends = _period(call, first, last, QUARTER)
    wanted = AgreementFilter(allowed=call.actor().branches, first_on=begins, last_on=ends)
    with call.opened() as database:
        report = database.read(ask, wanted)
    if call.json:
        output.emit_json({"from": begins, "until": ends, **asdict(report)})
        return Exit.DONE
    for row in report.rows:
        click.echo(tr("{what}: {answer}", what=words.word(row.scale), answer=agreement_text(row)))
    click.echo(appeals_text(report.appeals))
    return Exit.DONE


@click.command(cls=TranslatedCommand,
               help=mark("Rates with and without notice, before and after training."))  # fmt: skip
@_FROM
@_UNTIL
@click.pass_obj
def effects(call: Call, /, first: datetime | None, last: datetime | None) -> int:
    """Notified against un-notified visits; before and after courses taken in the period."""
    from supervisor.models.queries.notice_effect import notice_effect
    from supervisor.models.queries.training_effect import training_effect
    from supervisor.models.rows.effects import EffectFilter

    begins, ends = _period(call, first, last, QUARTER)
    wanted = EffectFilter(call.day(), begins, ends, allowed=call.actor().branches)
    with call.opened() as database:
        notice = database.read(notice_effect, wanted)
        courses = database.read(training_effect, wanted)
    if call.json:
        output.emit_json(
            {"from": begins, "until": ends, "notice": asdict(notice),
             "training": [asdict(one) for one in courses]}
        )  # fmt: skip
        return Exit.DONE
    heads = (tr("Notice given"), tr("Debtor met"), tr("Talk refused"))
    output.emit_table(
        heads,
        [(words.word(one.notice), rate_text(one.met), rate_text(one.refused))
         for one in notice.groups],
        (),
    )  # fmt: skip
    click.echo(difference_text(notice.met))
    click.echo(notice_definition(notice))
    for one in courses:
        click.echo(one.course)
        for name, rate in ((tr("Before the course"), one.before),
                           (tr("After the course"), one.after),
                           (tr("Not trained, same days"), one.others)):  # fmt: skip
            click.echo(tr("{what}: {answer}", what=name, answer=rate_text(rate)))
        click.echo(difference_text(one.difference))
        click.echo(training_definition(one))
    return Exit.DONE


@click.command(cls=TranslatedCommand,
               help=mark("Visits that read oddly: questions to ask, never flags."))  # fmt: skip
@_FROM
@_UNTIL
@option("--open", "open_only", is_flag=True, text=mark("Only what nobody has explained yet."))
@option("--limit", type=click.IntRange(1, 100_000), default=500, text=mark("At most so many."))
@click.pass_obj
def questions(
    call: Call, /, first: datetime | None, last: datetime | None, *, open_only: bool, limit: int
) -> int:
    """At most a month of visits is looked through at once."""
    from supervisor.models.queries.plausibility import visit_questions
    from supervisor.models.rows.plausibility import QuestionFilter

    begins, ends = _period(call, first, last, MONTH)
    wanted = QuestionFilter(
        begins, ends, allowed=call.actor().branches, open_only=open_only, limit=limit
    )
    with call.opened() as database:
        page = database.read(visit_questions, wanted)
    if call.json:
        output.emit_json(asdict(page))
        return Exit.DONE
    heads = (tr("Visit"), tr("Case"), tr("Person"), tr("Question"), tr("Explanation"))
    lines = [
        (row.visit_no, row.case_no, tr(", ").join(row.agents), question_text(row), row.explanation)
        for row in page.rows
    ]
    output.emit_table(heads, lines, ())
    output.say(ntr("{n} question.", "{n} questions.", page.total))
    return Exit.DONE
