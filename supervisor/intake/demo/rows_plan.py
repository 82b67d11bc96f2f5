"""Rows of visit plans, and the ids visits and plans share."""

from typing import TYPE_CHECKING

import numpy as np

from supervisor.intake.demo.blocks import Block, Ids, Same
from supervisor.intake.demo.days import NONE, at
from supervisor.intake.demo.desk import GAP_DEVICE, GAP_FILE, GAP_NOTICE, GAP_SECOND
from supervisor.intake.demo.rows_money import or_none
from supervisor.intake.demo.stream import Ints, Stream

if TYPE_CHECKING:
    from supervisor.intake.demo.branch import Draft

PLANNED_DAYS = 10
"""Visits of the last days also show the plan they came from."""

STRATEGIES = (
    "先听原因,再核对金额,给分期选项",
    "核实住址和电话,约定下次时间",
    "送达告知函,讲清还款渠道",
    "跟进承诺,确认到账",
    "家属在场时只找本人谈",
)


class VisitIds:
    """Ids and order of visits and plans, known before rows are written."""

    def __init__(self, draft: "Draft", ids: Ids) -> None:
        slots = draft.bones.slots
        self.start = at(slots.day, draft.outings.minute)
        self.order = np.argsort(self.start, kind="stable")
        count = len(self.start)
        self.first_visit = ids.take(count)
        self.id = np.empty(count, dtype=np.int64)
        self.id[self.order] = np.arange(self.first_visit, self.first_visit + count)
        ordered_days = slots.day[self.order]
        self.planned = int(np.searchsorted(ordered_days, draft.book.today - PLANNED_DAYS))
        self.first_done_plan = ids.take(count - self.planned)
        self.first_plan = ids.take(len(draft.desk.plans.case))


def done_plans(
    stream: Stream, draft: "Draft", case_id: int, visit_ids: VisitIds, people: tuple[Ints, Ints]
) -> Block:
    """The plans of the visits of the last days."""
    book = draft.book
    recent = visit_ids.order[visit_ids.planned :]
    case, start = draft.bones.visit_case[recent], visit_ids.start[recent]
    count = len(recent)
    window = start // 60 * 60
    strategy = stream.below(count, len(STRATEGIES)).tolist()
    notice = draft.outings.notice[recent] == 0
    return Block(
        "visit_plan",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(visit_ids.first_done_plan, visit_ids.first_done_plan + count),
            "recorded_at": book.instants((start // 1440 - 3) * 1440 + 16 * 60),
            "version": Same(1),
            "case_id": (case + case_id).tolist(),
            "plan_no": [f"JH{draft.crew.code[1:]}{place:07d}" for place in range(1, count + 1)],
            "plan_on": book.days(start // 1440),
            "window_from": book.instants(window),
            "window_until": book.instants(window + 60),
            "address_kind": Same("home"),
            "agent_id": people[0][case].tolist(),
            "second_agent_id": people[1][case].tolist(),
            "device_id": draft.crew.device[draft.bones.pair[case]].tolist(),
            "target_fen": (draft.amounts.overdue[case] // 2 // 10_000 * 10_000).tolist(),
            "strategy": [STRATEGIES[one] for one in strategy],
            "notice_sent_at": book.instants(
                np.where(notice, (start // 1440 - 1) * 1440 + 17 * 60 + 5, NONE)
            ),
            "notice_delivered": ["yes" if one else "unknown" for one in notice.tolist()],
            "file_ready": Same("yes"),
            "state": Same("reported"),
        },
    )


def open_plans(
    stream: Stream, draft: "Draft", case_id: int, visit_ids: VisitIds, people: tuple[Ints, Ints]
) -> Block:
    """Visits to come, and some nobody has reported."""
    book, plans = draft.book, draft.desk.plans
    case, count = plans.case, len(plans.case)
    begin = at(plans.day, plans.minute)
    noticed = (plans.gaps & GAP_NOTICE) == 0
    before = np.minimum(plans.day - 1, book.today - 1)
    strategy = stream.below(count, len(STRATEGIES)).tolist()
    offset = len(visit_ids.order) - visit_ids.planned
    recorded = (np.minimum(plans.day, book.today) - 4) * 1440 + 16 * 60
    return Block(
        "visit_plan",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(visit_ids.first_plan, visit_ids.first_plan + count),
            "recorded_at": book.instants(recorded),
            "version": Same(1),
            "case_id": (case + case_id).tolist(),
            "plan_no": [
                f"JH{draft.crew.code[1:]}{offset + place:07d}" for place in range(1, count + 1)
            ],
            "plan_on": book.days(plans.day),
            "window_from": book.instants(begin),
            "window_until": book.instants(begin + 60),
            "address_kind": Same("home"),
            "agent_id": people[0][case].tolist(),
            "second_agent_id": or_none(
                np.where(plans.gaps & GAP_SECOND, NONE, people[1][case]).astype(np.int64)
            ),
            "device_id": or_none(
                np.where(
                    plans.gaps & GAP_DEVICE, NONE, draft.crew.device[draft.bones.pair[case]]
                ).astype(np.int64)
            ),
            "target_fen": (draft.amounts.overdue[case] // 2 // 10_000 * 10_000).tolist(),
            "strategy": [STRATEGIES[one] for one in strategy],
            "notice_sent_at": book.instants(
                np.where(noticed, at(before, 17 * 60 + 5), NONE).astype(np.int64)
            ),
            "notice_delivered": ["yes" if one else "unknown" for one in noticed.tolist()],
            "file_ready": ["no" if one else "yes" for one in (plans.gaps & GAP_FILE).tolist()],
            "state": Same("planned"),
        },
    )
