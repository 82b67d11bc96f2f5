"""The case pack for a training hour: de-identified, with questions; hints for the trainer apart."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from supervisor.i18n import ptr, tr
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.models.rows.report_training import PackCase, TrainingContent
from supervisor.models.rows.reports import Snapshot
from supervisor.reports.heads import Numbers, head_of, section
from supervisor.reports.parts import Box, Lines, facts
from supervisor.reports.rule_names import rule_name, theme_name
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import BODY, HEAD, SMALL, Style, Text, note
from supervisor.words import word
from supervisor.words.formats import MISSING, count
from supervisor.words.of_training_screen import tally_text

_READING = Style(10.5, 19.0)
OPENS, CLOSES = "〔", "〕"


def build(snapshot: Snapshot, content: TrainingContent, width: float) -> list[Flowable]:
    """Overview, then each case on pages of its own, then what only the trainer needs."""
    numbers = Numbers.of(snapshot)
    story = [
        *head_of(snapshot, content.head, tr("Training case pack"), numbers),
        note(tr("Nothing here names a customer, a colleague, a day or a sum. Words in 〔 〕 led to "
                "the finding of that number.")),
        *_overview(content, numbers, width),
    ]  # fmt: skip
    for one in content.cases:
        story += [PageBreak(), *_case(one, numbers, width)]
    if any(one.trainer_notes or any(q.hint for q in one.questions) for one in content.cases):
        story += [PageBreak(), *_for_trainer(content.cases, numbers)]
    return story


def _overview(content: TrainingContent, numbers: Numbers, width: float) -> list[Flowable]:
    story = section(numbers.next(tr("Cases of this pack")), key=numbers.key("cases"))
    if content.cases:
        columns = [
            Column(ptr("paper", "No."), left=True),
            Column(ptr("paper", "Title"), figures=False, share=2.0),
            Column(ptr("paper", "Theme"), figures=False),
            Column(ptr("paper", "Kind"), figures=False),
            Column(ptr("paper", "Verdict"), figures=False),
        ]
        rows = [
            Line((str(one.number), one.title, theme_name(one.theme) or MISSING,
                  f"{word(one.category)} · {word(one.severity)}",
                  word(one.verdict) if one.verdict else MISSING),
                 )
            for one in content.cases
        ]  # fmt: skip
        story.append(table(columns, rows, width, SMALL))
    else:
        story.append(Text(tr("The library holds no case of this period."), SMALL))
    story += _courses(content, numbers, width)
    return [*story, *_quality(content, numbers, width)]


def _courses(content: TrainingContent, numbers: Numbers, width: float) -> list[Flowable]:
    if not content.courses:
        return []
    columns = [
        Column(ptr("paper", "Course"), figures=False, share=2.0),
        Column(ptr("paper", "Themes"), figures=False),
        Column(tr("Minutes")),
        Column(tr("To take")),
        Column(tr("Expired")),
        Column(tr("Taken")),
    ]
    rows = [
        Line((one.name, tr(", ").join(map(theme_name, one.themes)), count(one.minutes),
              count(one.open), count(one.expired), count(one.done)))
        for one in content.courses
    ]  # fmt: skip
    title = numbers.next(tr("Courses"))
    return [*section(title, key=numbers.key("courses")), table(columns, rows, width, SMALL)]


def _quality(content: TrainingContent, numbers: Numbers, width: float) -> list[Flowable]:
    found = content.quality
    about = tr("{sheets} sheets of {visits} visits", sheets=count(found.sheets),
               visits=count(found.visits))  # fmt: skip
    title = numbers.next(tr("How quality sheets were answered"))
    story = section(title, about, key=numbers.key("quality"), need=70)
    if not found.sheets:
        return [*story, Text(tr("No sheet was filled in."), SMALL)]
    columns = [Column(ptr("paper", "Part"), figures=False), Column(tr("Answers"), figures=False)]
    rows = [Line((word(group), tally_text(tally))) for group, tally in found.groups.items()]
    return [*story, table(columns, rows, width, SMALL, tight=True)]


def _case(one: PackCase, numbers: Numbers, width: float) -> list[Flowable]:
    title = tr("Case {n}: {title}", n=one.number, title=one.title)
    rules = tr(", ").join(
        f"{rule_name(rule)} {rule} v{version}".strip() for rule, version in one.rules
    )
    story: list[Flowable] = [
        *section(title, key=numbers.key(f"case-{one.number}")),
        facts(
            [
                (ptr("paper", "Theme"), theme_name(one.theme) or MISSING),
                (ptr("paper", "Kind"), f"{word(one.category)} · {word(one.severity)}"),
                (ptr("paper", "Caused by"), word(one.caused_by)),
                (ptr("paper", "Rules"), rules or MISSING),
            ],
            width,
        ),
        Text(tr("What happened"), HEAD),
        Box([Text(marked(one.text, one.spans), _READING)]),
        Text(tr("Questions to discuss"), HEAD),
    ]
    for number, question in enumerate(one.questions, 1):
        story += [Text(question.question, BODY, hang=f"{number}."), Lines(3)]
    if not one.questions:
        story += [Text(tr("What would have been a better way? When should they have left?"), BODY),
                  Lines(4)]  # fmt: skip
    return story


def marked(text: str, spans: Sequence[SpanRow]) -> str:
    """The text with the words of a finding in brackets and its number behind them."""
    done, at = [], 0
    for one in sorted(spans, key=lambda span: span.start):
        if one.number is None or one.start < at or one.end > len(text):
            continue
        done += [text[at : one.start], OPENS, text[one.start : one.end], CLOSES, str(one.number)]
        at = one.end
    return "".join([*done, text[at:]])


def _for_trainer(cases: Sequence[PackCase], numbers: Numbers) -> list[Flowable]:
    about = tr("Take this page out before the pack is handed round.")
    story = section(numbers.next(tr("For the trainer")), about, key=numbers.key("trainer"))
    for one in cases:
        hints = [(q.question, q.hint) for q in one.questions if q.hint]
        if not hints and not one.trainer_notes:
            continue
        story.append(Text(tr("Case {n}: {title}", n=one.number, title=one.title), HEAD))
        if one.trainer_notes:
            story.append(Text(one.trainer_notes, SMALL))
        for question, hint in hints:
            story.append(Text(tr("{question} Look out for: {hint}", question=question, hint=hint),
                              SMALL, hang="·"))  # fmt: skip
    return story
