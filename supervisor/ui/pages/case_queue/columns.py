"""The columns of the queue: what each says, how it is painted, what it sorts by."""

from collections.abc import Callable
from dataclasses import replace

from supervisor.i18n import language, tr
from supervisor.models.enums import QueueReason
from supervisor.models.enums_queue import SortKey
from supervisor.models.orders import CaseRef
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.pages.case_queue import cells
from supervisor.ui.pages.case_queue.cells import Now, Tone
from supervisor.ui.tables.column import Align, Column, Look, Shape
from supervisor.words import formats, word

Row = CaseQueueRow
SORTS: dict[str, SortKey] = {
    "mark": SortKey.MARK,
    "contract_no": SortKey.CONTRACT_NO,
    "case_no": SortKey.CASE_NO,
    "borrower": SortKey.BORROWER,
    "stage": SortKey.DAYS_PAST_DUE,
    "overdue": SortKey.OVERDUE,
    "settle": SortKey.SETTLE,
    "area": SortKey.AREA,
    "agent": SortKey.AGENT,
    "second_agent": SortKey.SECOND_AGENT,
    "last_visit": SortKey.LAST_VISIT,
    "days_since": SortKey.LAST_VISIT,
    "promise": SortKey.PROMISE_DUE,
    "next_step": SortKey.NEXT_PLAN,
    "team": SortKey.TEAM,
    "branch": SortKey.BRANCH,
    "product": SortKey.PRODUCT,
    "placed_on": SortKey.PLACED_ON,
    "visit_count": SortKey.VISIT_COUNT,
}
"""Column key to the order of the query; `days_since` runs against the date it counts from."""

BESIDE_PANEL = (
    "reason",
    "mark",
    "borrower",
    "stage",
    "overdue",
    "agent",
    "last_visit",
    "next_step",
)
"""What is shown while the case panel lies beside the table."""

BESIDE_IN_ENGLISH = tuple(key for key in BESIDE_PANEL if key != "agent")
"""Longer words; the panel names the agent."""

IN_SMALL_WINDOW = (
    "reason",
    "mark",
    "contract_no",
    "borrower",
    "stage",
    "overdue",
    "agent",
    "last_visit",
    "promise",
    "next_step",
)
"""What fits 1366 x 768 at 125 % without scrolling sideways, which would cost a row."""

IN_ENGLISH = (
    "reason",
    "mark",
    "contract_no",
    "borrower",
    "stage",
    "overdue",
    "agent",
    "last_visit",
    "promise",
    "next_step",
)
"""What fits 1440 px where words are longer, as long as nobody arranged the columns."""

WITHOUT_ROOM = frozenset({"promise"})
"""What small windows give up below `LITTLE` pixels, or where words are longer."""

WITHOUT_ROOM_IN_ENGLISH = frozenset({"promise", "mark", "agent"})

_ENGLISH = {"reason": 184, "mark": 46, "second_agent": 60, "last_visit": 152, "next_step": 104}
"""Wider where English words are longer."""

_SHAPES = {
    Tone.CRIT: Shape.DIAMOND,
    Tone.WARN: Shape.TRIANGLE,
    Tone.QUIET: Shape.CIRCLE,
    Tone.PLAIN: None,
}


def id_of(row: Row) -> tuple[int, int]:
    """What a case is known by over refreshes."""
    return int(row.branch_id), int(row.case_id)


def ref_of(row: Row) -> CaseRef:
    """The case as orders name it, with the version the person saw."""
    return CaseRef(row.branch_id, row.case_id, row.version)


def key_of_sort(sort: SortKey) -> str | None:
    """The column a custom order belongs to; None for the order of reasons."""
    return next((key for key, one in SORTS.items() if one is sort), None)


def columns(now: Callable[[], Now]) -> tuple[Column[Row], ...]:
    """All columns, the default ones first. `now` is asked at each paint: the list may be newer."""
    every = (*_who(), *_doing(now), *_more(now))
    if language() != "en":
        return every
    return tuple(replace(one, width=_ENGLISH.get(one.key, one.width)) for one in every)


def _sort(row: Row) -> object:
    """The list is sorted in SQL; this only says that a head can be clicked."""
    return row.case_no


def _who() -> tuple[Column[Row], ...]:
    return (
        Column(
            "reason",
            lambda: tr("Reason"),
            cells.reason_text,
            width=138,
            frozen=True,
            fixed=True,
            look=_reason_look,
            accessible=_reason_spoken,
            tooltip=_reason_tooltip,
        ),
        Column(
            "mark",
            lambda: tr("Mark"),
            lambda row: row.mark.value if row.mark else "",
            sort=_sort,
            align=Align.CENTER,
            width=40,
            frozen=True,
            look=lambda row: Look(mark=row.mark),
        ),
        Column(
            "contract_no",
            lambda: tr("Contract no."),
            lambda row: row.contract_no or cells.DASH,
            sort=_sort,
            width=128,
            numeric=True,
        ),
        Column(
            "borrower",
            lambda: tr("Borrower"),
            lambda row: row.name,
            sort=_sort,
            width=82,
            look=lambda row: Look(tail=_beside_name(row)),
            accessible=cells.borrower_text,
            tooltip=cells.borrower_text,
        ),
        Column(
            "stage",
            lambda: tr("Stage · days"),
            lambda row: tr("{n} d", n=row.dpd),
            sort=_sort,
            align=Align.RIGHT,
            width=91,
            look=lambda row: Look(
                tone="text2", lead=cells.stage_word(row.bucket), lead_width=28, lead_tone="text"
            ),
            accessible=cells.stage_text,
            tooltip=cells.stage_text,
        ),
        Column(
            "overdue",
            lambda: tr("Overdue (CNY)"),
            lambda row: formats.money(row.overdue_fen),
            sort=_sort,
            align=Align.RIGHT,
            width=100,
        ),
        Column(
            "area",
            lambda: tr("District"),
            lambda row: row.area or cells.DASH,
            sort=_sort,
            width=70,
            grows=True,
            roomy=136,
        ),
    )


def _doing(now: Callable[[], Now]) -> tuple[Column[Row], ...]:
    return (
        Column(
            "agent",
            lambda: tr("Agent"),
            lambda row: cells.person_text(row.agent, row.agent_no),
            sort=_sort,
            width=75,
            look=lambda row: Look(tone="text" if row.agent else "text3"),
        ),
        Column(
            "second_agent",
            lambda: tr("Second"),
            lambda row: row.second_agent_no or cells.second_text(row),
            sort=_sort,
            accessible=cells.second_text,
            tooltip=cells.second_text,
            chosen=lambda: tr("Second person"),
            width=44,
            look=_second_look,
        ),
        Column(
            "last_visit",
            lambda: tr("Last visit"),
            lambda row: word(row.last_visit_outcome) if row.last_visit_outcome else cells.DASH,
            sort=_sort,
            width=112,
            look=lambda row: _dated(formats.day(row.last_visit_on, now().today), row.last_visit_on),
            accessible=lambda row: cells.last_visit_text(row, now().today),
            tooltip=lambda row: cells.last_visit_text(row, now().today),
        ),
        Column(
            "promise",
            lambda: tr("Promise (CNY)"),
            lambda row: cells.promise_text(row, now().today),
            sort=_sort,
            width=112,
            look=lambda row: Look(
                tone="warn" if cells.promise_text(row, now().today) == tr("not kept") else "text"
            ),
        ),
        Column(
            "days_since",
            lambda: tr("Since visit"),
            lambda row: cells.days_text(row.days_since_visit),
            sort=_sort,
            align=Align.RIGHT,
            width=54,
            chosen=lambda: tr("Days since visit"),
        ),
        Column(
            "next_step",
            lambda: tr("Next step"),
            lambda row: cells.next_step_text(row, now()),
            sort=_sort,
            width=92,
            grows=True,
            roomy=118,
            look=lambda row: Look(tone=_step_tone(row)),
        ),
    )


def _more(now: Callable[[], Now]) -> tuple[Column[Row], ...]:
    return (
        Column(
            "case_no",
            lambda: tr("Case no."),
            lambda row: row.case_no,
            sort=_sort,
            width=124,
            numeric=True,
            hidden=True,
        ),
        Column(
            "settle",
            lambda: tr("To settle (CNY)"),
            lambda row: formats.money(row.settle_fen),
            sort=_sort,
            align=Align.RIGHT,
            width=116,
            hidden=True,
        ),
        Column(
            "product",
            lambda: tr("Product"),
            lambda row: word(row.product),
            sort=_sort,
            width=104,
            hidden=True,
        ),
        Column(
            "team",
            lambda: tr("Team"),
            lambda row: row.team or cells.DASH,
            sort=_sort,
            width=96,
            hidden=True,
        ),
        Column(
            "branch",
            lambda: tr("Branch"),
            lambda row: row.branch,
            sort=_sort,
            width=104,
            hidden=True,
        ),
        Column(
            "placed_on",
            lambda: tr("Placed on"),
            lambda row: formats.day(row.placed_on, now().today),
            sort=_sort,
            align=Align.RIGHT,
            width=96,
            hidden=True,
        ),
        Column(
            "visit_count",
            lambda: tr("Visits"),
            lambda row: formats.count(row.visit_number),
            sort=_sort,
            align=Align.RIGHT,
            width=72,
            hidden=True,
        ),
    )


def _reason_look(row: Row) -> Look:
    tone = cells.tone_of(row.reason)
    loud = tone is Tone.CRIT
    quiet = row.reason in {QueueReason.ON_HOLD, QueueReason.DAYS_OVERDUE}
    return Look(
        tone="crit" if loud else "text2" if quiet else "text",
        medium=loud,
        shape=_SHAPES[tone],
    )


def _reason_tooltip(row: Row) -> str:
    from supervisor.words.meanings import meaning  # noqa: PLC0415 - nobody hovers at the start

    said = cells.reason_text(row)
    if row.reason_due_at is not None:
        when = formats.full_moment(row.reason_due_at)
        said = tr("{reason}, due {when}", reason=said, when=when)
    return f"{said}\n{meaning(row.reason)}"


def _reason_spoken(row: Row) -> str:
    urgency = {Tone.CRIT: tr("first"), Tone.WARN: tr("today"), Tone.QUIET: tr("this week")}
    said = urgency.get(cells.tone_of(row.reason))
    text = cells.reason_text(row)
    return f"{said}: {text}" if said else text


def _beside_name(row: Row) -> str:
    turn = cells.visit_turn(row) if row.visit_number < 2 else ""
    home = tr("household {n}", n=row.household_n) if row.household_n > 1 else ""
    return " · ".join(part for part in (turn, home) if part)


def _second_look(row: Row) -> Look:
    if cells.second_missing(row):
        return Look(tone="warn", medium=True)
    return Look(tone="text2")


def _dated(day: str, known: object) -> Look:
    return Look(tone="text3") if known is None else Look(lead=day, lead_width=36)


def _step_tone(row: Row) -> str:
    if row.reason in {QueueReason.CRITICAL_FLAG, QueueReason.RECALL}:
        return "crit"
    return "text" if row.next_plan_at or row.promise_due_on or row.hold_reason else "text3"
