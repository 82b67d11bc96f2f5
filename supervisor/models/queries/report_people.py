"""People of a report by team, beside each other and never ranked, and stages of the month.

Teams and the branch have figures of their own: visits of two people count once there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from supervisor.models.enums import Bucket, CausedBy
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.ids import StaffId, TeamId
from supervisor.models.queries.incidents import incidents
from supervisor.models.queries.measures import measures
from supervisor.models.queries.report_scope import A_DAY, Member, Scope, members
from supervisor.models.rows.measures import Key, MeasureReport, MeasureRow
from supervisor.models.rows.report_parts import PersonLine, StageLine
from supervisor.models.rows.report_weekly import TeamBlock
from supervisor.models.rules.measures.definitions import UNTOUCHED_BANDS

_M = MeasureId
_WEEK = (_M.WORKLOAD, _M.UNTOUCHED, _M.MET_RATE, _M.PROMISE_RATE, _M.KEPT_RATE, _M.RECOVERY_AMOUNT)
_BANDS = tuple(f"{low}+" if high is None else f"{low}-{high}" for low, high in UNTOUCHED_BANDS)
Rows = Mapping[tuple[MeasureId, Key, str, Basis], MeasureRow]


def people(
    session: Session, found: Scope, fair: MeasureReport, target: MeasureReport
) -> tuple[tuple[TeamBlock, ...], PersonLine]:
    """Teams with their people, and the branch. `fair`: FAIR_COMPARISON; `target`: of the branch."""
    by_person = _asked(session, found, (Dimension.AGENT,))
    by_team = _asked(session, found, (Dimension.TEAM,))
    whole = _asked(session, found, ())
    held = [int(str(key)) for _, key, _, _ in by_person if key is not None]
    everybody = members(session, found, held)
    flags = _confirmed(session, found)
    expected: dict[Key, MeasureRow] = {row.group[0]: row for row in fair.rows if row.group}
    targets = _targets(session, found, everybody)
    teams: dict[int | None, list[Member]] = {}
    for one in everybody:
        teams.setdefault(one.team_id, []).append(one)
    blocks = []
    for team, some in teams.items():
        lines = tuple(
            replace(
                _line(by_person, one.staff_id, targets.get(one.staff_id)),
                staff_id=one.staff_id,
                staff_no=one.staff_no,
                name=one.name,
                expected=expected.get(one.staff_id),
                flags=_flags_of(flags, {one.staff_no}),
            )
            for one in some
        )
        aims = [line.target_fen for line in lines if line.target_fen is not None]
        total = replace(
            _line(by_team, team),
            name=some[0].team,
            target_fen=sum(aims) if aims else None,
            flags=_flags_of(flags, {one.staff_no for one in some}),
        )
        blocks.append(TeamBlock(None if team is None else TeamId(team), total.name, lines, total))
    of_branch = next((row for row in target.rows if row.part == "received"), None)
    return tuple(blocks), replace(_line(whole, None, of_branch), flags=len(flags))


def _flags_of(flags: Sequence[frozenset[str]], numbers: set[str]) -> int:
    """How many flags have one of these people among those who went; each counts once."""
    return sum(not numbers.isdisjoint(one) for one in flags)


def _asked(session: Session, found: Scope, by: tuple[Dimension, ...]) -> Rows:
    reports = measures(session, tuple(found.measure(one, by=by) for one in _WEEK))
    return {
        (report.measure, row.group[0] if row.group else None, row.part, row.basis): row
        for report in reports
        for row in report.rows
    }


def _line(rows: Rows, key: Key, target: MeasureRow | None = None) -> PersonLine:
    """The figures of a group, without a name."""

    def row(measure: MeasureId, part: str = "", basis: Basis = Basis.NUMBER) -> MeasureRow | None:
        return rows.get((measure, key, part, basis))

    def whole(measure: MeasureId, part: str = "", basis: Basis = Basis.NUMBER) -> int:
        found = row(measure, part, basis)
        return 0 if found is None else round(found.numerator)

    idle = [whole(_M.UNTOUCHED, band) for band in _BANDS]
    aimed = target is not None and bool(target.denominator)
    return PersonLine(
        staff_id=None,
        staff_no="",
        name="",
        cases=whole(_M.WORKLOAD, "open"),
        amount_fen=whole(_M.WORKLOAD, "open", Basis.MONEY),
        met=row(_M.MET_RATE),
        promised=row(_M.PROMISE_RATE),
        kept=row(_M.KEPT_RATE),
        received_fen=whole(_M.RECOVERY_AMOUNT, "", Basis.MONEY),
        target_fen=round(target.denominator or 0) if aimed and target else None,
        target_share=target.value if aimed and target else None,
        expected=None,
        idle=(idle[0], idle[1], idle[2], idle[3]),
        flags=0,
    )


def _targets(
    session: Session, found: Scope, everybody: tuple[Member, ...]
) -> dict[StaffId, MeasureRow]:
    """TARGET_PROGRESS of the month of each person who holds cases with a target."""
    asked = tuple(
        found.measure(_M.TARGET_PROGRESS, found.month, agents=(one.staff_id,)) for one in everybody
    )
    answers = zip(everybody, measures(session, asked), strict=True)
    return {one.staff_id: report.rows[0] for one, report in answers if report.rows}


def _confirmed(session: Session, found: Scope) -> list[frozenset[str]]:
    """Confirmed conduct of our side raised in the period: of each the numbers of who went."""
    wanted = found.incidents(
        found.first,
        found.last,
        caused_by=frozenset({CausedBy.OUR_SIDE}),
        verdicts=frozenset({Verdict.UPHELD, Verdict.PARTLY_UPHELD}),
    )
    return [frozenset(row.agent_nos) for row in incidents(session, wanted).rows]


def stages(session: Session, found: Scope) -> tuple[StageLine, ...]:
    """Stages of the month up to the end of the period."""
    eve = found.month - A_DAY
    by = (Dimension.BUCKET,)
    asked = (
        found.measure(_M.IN_HAND, eve, eve, by),
        found.measure(_M.RECOVERY_AMOUNT, found.month, by=by),
        *(found.measure(_M.TARGET_PROGRESS, found.month, buckets=(one,)) for one in Bucket),
    )
    opening, recovered, *aims = measures(session, asked)
    open_rows = {(row.group[0], row.basis): row for row in opening.rows if row.part == "open"}
    cohort = {row.group[0]: row for row in recovered.rows}
    made = []
    for bucket, aim in zip(Bucket, aims, strict=True):
        recovery = cohort.get(int(bucket))
        if recovery is None:
            continue
        cases = open_rows.get((int(bucket), Basis.NUMBER))
        amount = open_rows.get((int(bucket), Basis.MONEY))
        before = 0 if cases is None else round(cases.numerator)
        target = next((row for row in aim.rows if row.part == "received"), None)
        fen = round(target.denominator or 0) if target is not None else 0
        got = round(target.numerator) if target is not None else 0
        made.append(
            StageLine(
                bucket=bucket,
                opening=before,
                opening_fen=0 if amount is None else round(amount.numerator),
                came=max(0, recovery.n - before),
                recovery=recovery,
                target_fen=fen or None,
                gap_fen=max(0, fen - got) if fen else None,
            )
        )
    return tuple(made)
