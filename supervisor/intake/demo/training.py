"""Training in the demo: courses, who takes them, teaching cases, quality sheets, second reviews."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.orm import Session

from supervisor.errors import ConflictError
from supervisor.intake.demo.judged import at_time
from supervisor.models.changes import Actor
from supervisor.models.commands.teaching import choose_teaching_case
from supervisor.models.enums import CausedBy, FlagCategory, Role, VisitOutcome
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_training import SheetAnswer, SheetItem
from supervisor.models.ids import BranchId, FlagId
from supervisor.models.ledger import allocate_ids, canonical_json
from supervisor.models.orders_training import ChooseTeachingCase, Discussion
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rules.incidents import verdicts_for
from supervisor.models.rules.quality_sheet import stored
from supervisor.models.tables import (
    Flag,
    QualityReview,
    Review,
    Staff,
    TeachingCase,
    TrainingAssignment,
    TrainingCourse,
    Visit,
)

LEAD = "高远"
COURSES = (
    ("LEAVE", "离场话术", 30, "legal_risk"),
    ("CALM", "情绪激动时的应对", 60, "conflict"),
    ("OPENING", "开场与出示证件", 30, "refusal"),
    ("THIRD", "邻居、家人问起时怎么答", 45, "legal_risk"),
    ("RULES", "外访规则年度复训", 90, "refusal,conflict,legal_risk"),
)
ASKED = (
    Discussion("哪一句话之后应当离开？", "客户第一次明确说出即为要求。"),
    Discussion("离开前还可以说什么？", "说明将改用电话或函件，道别。"),
    Discussion("记录怎么写才完整？", "写明要求离开的时间和离场时间。"),
)
TITLES = {
    "PRENOTICE": ("没有预告：到门口才说明来意", "先约再去：一次没有提前告知的外访"),
    "REC-TRUE": ("定位与地址不符，先问清原因", "补录晚了：怎样记得及时、完整"),
    "NO-PESTER": ("停留过久：什么时候应当离开", "楼下等候也会成为打扰"),
    "STAFF-TRAINING": ("培训到期仍然出门", "排班之前先看培训有效期"),
    "REC-FULL": ("没有录音的一次上门", "设备没电：改期还是继续"),
    "STAFF-MIN-2": ("一个人上门，话说不清", "同伴临时缺席怎么办"),
    "LEG-DATA": ("不从门口的单据打听客户", "客户信息从哪里来"),
    "ID-SHOWN": ("客户问“你是谁”", "进门第一步：出示证件"),
    "HOLD-ACTIVE": ("停催期内去了一趟", "出发前再看一次停催"),
}
"""What the demo's teaching cases are called, by the rule that leads the flag."""
OTHER_TITLES = {
    "legal_risk": ("对照规则的一次上门", "哪一步可以不同"),
    "conflict": ("情绪激动时先停下来", "从争执到道别"),
    "refusal": ("隔门不谈", "换一种方式再联系"),
}
_UNSYNCHRONISED = {"synchronize_session": False}
_CASES = {FlagCategory.REFUSAL: 2, FlagCategory.CONFLICT: 2, FlagCategory.LEGAL_RISK: 4}
_LOOKED_AT = 500
"""Flags of a theme that may be taught: many rules lead the same few titles."""
_SHEETS = 30
_UNLIKE = 6
"""One of so many second reviews differs from the first."""


def train(session: Session, today: date) -> None:
    """Put the training of the last months beside the judged flags."""
    courses = _courses(session, today)
    _differ(session)
    upheld = _upheld(session)
    _assign(session, today, courses, upheld)
    _teach(session, today, _teachable(session))
    _sheets(session, today)


def _drawn(number: int, of: int) -> int:
    """A number below `of`, the same for the same record."""
    return int.from_bytes(sha256(str(number).encode()).digest()[:4]) % of


def _courses(session: Session, today: date) -> list[int]:
    ids = list(allocate_ids(session, len(COURSES)))
    since = at_time(today - timedelta(days=400), time(9))
    session.execute(
        insert(TrainingCourse),
        [
            {"id": id_, "code": code, "name": name, "minutes": minutes, "themes": themes,
             "active": True, "recorded_at": since}
            for id_, (code, name, minutes, themes) in zip(ids, COURSES, strict=True)
        ],
    )  # fmt: skip
    return ids


def _differ(session: Session) -> None:
    """Some pairs of reviewers disagreed, and the compliance officer decided as the first did."""
    rows = session.execute(
        select(
            Review.branch_id,
            Review.id,
            Review.flag_id,
            Review.verdict,
            Review.recorded_at,
            Flag.caused_by,
        )
        .join(Flag, (Flag.branch_id == Review.branch_id) & (Flag.id == Review.flag_id))
        .where(Review.number == 2)
        .order_by(Review.branch_id, Review.id)
    ).all()
    unlike = [row for row in rows if _drawn(row.flag_id, _UNLIKE) == 0]
    for row in unlike:
        others = [one for one in verdicts_for(CausedBy(row.caused_by)) if one != row.verdict]
        session.execute(
            update(Review)
            .where(Review.branch_id == row.branch_id, Review.id == row.id)
            .values(verdict=others[_drawn(row.id, len(others))].value),
            execution_options=_UNSYNCHRONISED,
        )
    decided = [
        {"branch_id": row.branch_id, "id": id_, "recorded_at": row.recorded_at,
         "flag_id": row.flag_id, "number": 3, "reviewer": "钱峰", "role": Role.MANAGER.value,
         "verdict": row.verdict, "reason": "已听取录音，两位复核意见不一，裁定如上",
         "blind": False, "decides": True}
        for row, id_ in zip(unlike, allocate_ids(session, len(unlike)), strict=True)
    ]  # fmt: skip
    if decided:
        session.execute(insert(Review), decided)


def _upheld(session: Session) -> list[Any]:
    """Closed flags of confirmed conduct of our side, the newest first."""
    ours = Flag.verdict.in_((Verdict.UPHELD, Verdict.PARTLY_UPHELD))
    stmt = _judged(Flag.caused_by == CausedBy.OUR_SIDE, ours)
    return list(session.execute(stmt))


def _teachable(session: Session) -> list[Any]:
    """Some of every theme: conduct of our side, and customers who refused or were angry."""
    confirmed = Flag.verdict.in_((Verdict.UPHELD, Verdict.PARTLY_UPHELD, Verdict.TRUE))
    return [
        row
        for theme in FlagCategory
        for row in session.execute(_judged(Flag.category == theme, confirmed).limit(_LOOKED_AT))
    ]


def _judged(*conditions: ColumnElement[bool]) -> Select[int, int, int | None, str, str]:
    return (
        select(Flag.branch_id, Flag.id, Flag.agent_id, Flag.lead_rule, Flag.category)
        .where(*conditions, Flag.lead_rule != "", Flag.agent_id.is_not(None))
        .order_by(Flag.closed_at.desc(), Flag.branch_id, Flag.id)
    )


def _assign(session: Session, today: date, courses: Sequence[int], upheld: Sequence[Any]) -> None:
    """Most people took something; some have it before them; one let the day pass."""
    people = session.execute(
        select(Staff.id, Staff.branch_id, Staff.roles)
        .where(Staff.active)
        .order_by(Staff.branch_id, Staff.id)
    ).all()
    collectors = [one for one in people if "collector" in one.roles.split(",")]
    flags = {one.agent_id: one.id for one in upheld[3:]}
    rows = []
    for place, person in enumerate(collectors):
        kind, course = place % 5, courses[place % len(courses)]
        if kind == 4:
            continue
        assigned = today - timedelta(days=(10, 110, 20, 75)[kind] + place % 20)
        due = assigned + timedelta(days=14)
        if kind in {0, 2}:
            due = today + timedelta(days=5 + place % 9) if place % 3 else today - timedelta(days=2)
        rows.append(
            {"branch_id": person.branch_id, "staff_id": person.id, "course_id": course,
             "flag_id": flags.get(person.id) if kind in {0, 2} else None,
             "why": "标记确认后补训" if person.id in flags and kind in {0, 2} else "",
             "due_on": due, "done_on": due - timedelta(days=2) if kind in {1, 3} else None,
             "assigned_by": LEAD, "recorded_at": at_time(assigned, time(16))}
        )  # fmt: skip
    for row, id_ in zip(rows, allocate_ids(session, len(rows)), strict=True):
        row["id"] = id_
    if rows:
        session.execute(insert(TrainingAssignment), rows)


def _teach(session: Session, today: date, confirmed: Sequence[Any]) -> None:
    actor = Actor(name=LEAD, role=Role.TRAINING_LEAD)
    chosen = 0
    told, themes = Counter[tuple[str, ...]](), Counter[FlagCategory]()
    for row in confirmed:
        theme = FlagCategory(row.category)
        titles = TITLES.get(row.lead_rule, OTHER_TITLES[theme])
        if told[titles] == len(titles) or themes[theme] == _CASES[theme]:
            continue
        ref = FlagRef(BranchId(row.branch_id), FlagId(row.id))
        order = ChooseTeachingCase(
            actor=actor,
            flag=ref,
            title=titles[told[titles]],
            theme=theme,
            questions=ASKED,
            trainer_notes="先听二十秒处停下，问“现在怎么办”。角色扮演两轮，每轮三分钟。",
        )
        try:
            choose_teaching_case(session, order)
        except ConflictError:
            continue  # no note to show
        session.execute(
            update(TeachingCase)
            .where(TeachingCase.flag_id == row.id)
            .values(recorded_at=at_time(today - timedelta(days=chosen + 1), time(15))),
            execution_options=_UNSYNCHRONISED,
        )
        chosen += 1
        told[titles] += 1
        themes[theme] += 1


def _sheets(session: Session, today: date) -> None:
    met = (VisitOutcome.MET_DEBTOR, VisitOutcome.MET_SPOUSE, VisitOutcome.MET_FAMILY)
    visits = session.execute(
        select(Visit.branch_id, Visit.id, Visit.visited_on)
        .where(
            Visit.visited_on >= today - timedelta(days=60),
            Visit.visited_on < today - timedelta(days=1),
            Visit.outcome.in_(met),
        )
        .order_by(Visit.branch_id, Visit.id)
        .limit(_SHEETS)
    ).all()
    rows = [
        {"branch_id": row.branch_id, "id": id_, "visit_id": row.id, "reviewer": LEAD,
         "role": Role.TRAINING_LEAD.value, "words": "",
         "sheet": canonical_json(stored(_answers(row.id))),
         "recorded_at": _next_day(row.visited_on)}
        for row, id_ in zip(visits, allocate_ids(session, len(visits)), strict=True)
    ]  # fmt: skip
    if rows:
        session.execute(insert(QualityReview), rows)


def _next_day(day: date) -> datetime:
    return at_time(day + timedelta(days=1), time(11))


def _answers(number: int) -> dict[SheetItem, SheetAnswer]:
    """Mostly yes; civil words always, so that no rule speaks up."""
    found = {}
    for place, item in enumerate(SheetItem):
        drawn = _drawn(number * 31 + place, 20)
        answer = SheetAnswer.YES
        if item is not SheetItem.CIVIL_WORDS:
            answer = (
                SheetAnswer.NO if drawn == 0
                else SheetAnswer.PARTLY if drawn < 4
                else SheetAnswer.NOT_APPLICABLE if drawn == 4
                else SheetAnswer.YES
            )  # fmt: skip
        found[item] = answer
    return found
