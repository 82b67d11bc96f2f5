"""Cards of figures beside the training lists: each with its n and its definition."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from supervisor.i18n import ptr, tr
from supervisor.models.enums import Tick
from supervisor.models.enums_training import SheetGroup
from supervisor.models.rows.agreement import AgreementReport
from supervisor.models.rows.effects import NoticeEffect, TrainingEffect
from supervisor.models.rows.quality import QualitySummary
from supervisor.ui.pages.incidents.painted import Prose
from supervisor.ui.pages.incidents.parts import Heading, show_if, tell
from supervisor.ui.pages.incidents.training.figures import MatrixView, Point, PointsView
from supervisor.ui.widgets import Card
from supervisor.words import word
from supervisor.words.of_training_screen import (
    agreement_definition,
    agreement_text,
    appeals_text,
    difference_text,
    notice_definition,
    tally_text,
    training_definition,
)

COURSES_SHOWN = 4


class AgreementCard(Card):
    """复核一致程度: a matrix for each scale with pairs, kappa with its interval, appeals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Agreement of reviewers"), tr("90 days, blind pairs"), parent=parent)
        self.parts = [(Prose("secondary"), MatrixView(), Prose()) for _ in range(2)]
        for title, matrix, said in self.parts:
            for part in (title, matrix, said):
                self.body.addWidget(part)
        self.appeals = Prose("secondary")
        self.definition = Prose("hint")
        self.definition.setText(agreement_definition())
        self.body.addWidget(self.appeals)
        self.body.addWidget(self.definition)

    def show_report(self, report: AgreementReport) -> None:
        """Show pairs and appeals."""
        for (title, matrix, said), row in zip(self.parts, report.rows, strict=True):
            tell(title, word(row.scale))
            show_if(title, bool(row.n))
            show_if(matrix, bool(row.n))
            if row.n:
                matrix.show_row(row)
            tell(said, agreement_text(row))
        tell(self.appeals, appeals_text(report.appeals))


class NoticeCard(Card):
    """Notified against un-notified visits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Notice before the visit"), tr("visits of 90 days"), parent=parent)
        self.met, self.refused = PointsView(), PointsView()
        self.met_said, self.refused_said = Prose("secondary"), Prose("secondary")
        self.definition = Prose("hint")
        for part in (Heading(tr("Debtor met")), self.met, self.met_said,
                     Heading(tr("Talk refused")), self.refused, self.refused_said,
                     self.definition):  # fmt: skip
            self.body.addWidget(part)

    def show_effect(self, found: NoticeEffect) -> None:
        """Show both rates by notice."""
        names = {
            Tick.YES: (tr("Notified"), "c1"),
            Tick.NO: (tr("Not notified"), "c2"),
            Tick.UNKNOWN: (tr("Not known"), "c5"),
        }
        self.met.show_points([Point(names[one.notice][0], one.met, names[one.notice][1])
                              for one in found.groups])  # fmt: skip
        self.refused.show_points([Point(names[one.notice][0], one.refused, names[one.notice][1])
                                  for one in found.groups])  # fmt: skip
        tell(self.met_said, difference_text(found.met))
        tell(self.refused_said, difference_text(found.refused))
        tell(self.definition, notice_definition(found))


class EffectCard(Card):
    """Flagged visits before and after a course, beside people who did not take it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Before and after training"), tr("courses of 12 months"),
                         parent=parent)  # fmt: skip
        self.none = Prose("secondary")
        self.none.setText(tr("Nobody has taken a course in this time."))
        self.body.addWidget(self.none)
        self.parts = [(Heading(), PointsView(), Prose("secondary"), Prose("hint"))
                      for _ in range(COURSES_SHOWN)]  # fmt: skip
        for parts in self.parts:
            for part in parts:
                self.body.addWidget(part)

    def show_effects(self, found: Sequence[TrainingEffect]) -> None:
        """Show the courses with most visits after them."""
        most = sorted(found, key=lambda one: (-one.after.of, one.course))[:COURSES_SHOWN]
        show_if(self.none, not most)
        for place, parts in enumerate(self.parts):
            for part in parts:
                show_if(part, place < len(most))
            if place >= len(most):
                continue
            head, points, said, definition = parts
            one = most[place]
            head.say(one.course)
            points.show_points(
                [
                    Point(ptr("training", "Before"), one.before, "c5"),
                    Point(ptr("training", "After"), one.after, "c1"),
                    Point(tr("Not trained"), one.others, "c2"),
                ]
            )
            tell(said, difference_text(one.difference))
            tell(definition, training_definition(one))


class QualityCard(Card):
    """How quality sheets were answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Quality sheets"), "", parent=parent)
        self.lines = {group: Prose() for group in SheetGroup}
        for line in self.lines.values():
            self.body.addWidget(line)
        self.definition = Prose("hint")
        self.definition.setText(
            tr("Yes counts whole, partly half, of the items that arose; the newest sheet of each "
               "reviewer counts. No mark of a person.")
        )  # fmt: skip
        self.body.addWidget(self.definition)

    def show_summary(self, found: QualitySummary) -> None:
        """Show the three parts."""
        self.subtitle.setText(
            tr("{sheets} sheets of {visits} visits, 90 days", sheets=found.sheets,
               visits=found.visits)
        )  # fmt: skip
        for group, line in self.lines.items():
            tally = found.groups.get(group)
            said = tally_text(tally) if tally is not None else ""
            tell(line, tr("{what}: {answer}", what=word(group), answer=said))
