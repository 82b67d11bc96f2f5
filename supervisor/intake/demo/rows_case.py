"""Rows of cases with their derived columns, assignments, holds and notes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from supervisor.intake.demo.blocks import Block, Column, Ids, Same
from supervisor.intake.demo.days import NONE, at
from supervisor.intake.demo.derived import (
    flag_counts,
    follow_up_due,
    has_complaint,
    open_hold,
    open_promise,
)
from supervisor.intake.demo.incidents import HOLD_REASONS
from supervisor.intake.demo.money import PRODUCTS
from supervisor.intake.demo.promises import last_completed
from supervisor.intake.demo.rows_money import or_none
from supervisor.intake.demo.situations import SITUATIONS
from supervisor.intake.demo.stream import Ints, Stream, whole
from supervisor.models.enums import ArrearsReason, CaseEnd, Mark

if TYPE_CHECKING:
    from supervisor.intake.demo.branch import Draft
    from supervisor.intake.demo.rows_plan import VisitIds

ENDS = (CaseEnd.SETTLED, CaseEnd.RETURNED, CaseEnd.PLACED, CaseEnd.WRITTEN_OFF)
REASONS = tuple(ArrearsReason)
_REASON_WEIGHTS = (18, 24, 9, 14, 7, 9, 4, 4, 3, 5, 3)
MARKS = tuple(Mark)
CASE_NOTES = (
    "先电联确认在家再安排",
    "客户下夜班,上午别去",
    "门禁严,找物业登记",
    "二访带明细表",
    "家属情绪不稳,注意方式",
    "已与客户约定周末见",
    "协商专岗已接手,暂缓上门",
    "地址待核,先跑单位",
    "KH愿意谈,换个人跟",
    "金额有争议,等核账结果",
)
HOLD_WORDS = ("", "按合规意见停催", "客户提交材料,待核", "家属来电说明情况", "协商方案执行中")


def write_cases(
    stream: Stream,
    draft: "Draft",
    ids: Ids,
    case_id: int,
    borrower_id: int,
    contract_id: int,
    numbers: list[str],
    visit_ids: "VisitIds",
) -> Iterator[Block]:
    """The case table and what hangs on it."""
    count = len(draft.bones.open)
    first, second = draft.crew.first[draft.bones.pair], draft.crew.second[draft.bones.pair]
    agent = np.where(draft.unassigned, NONE, np.where(draft.leads, first, second))
    partner = np.where(draft.leads, second, first)
    partner = np.where(draft.unassigned | stream.chance(count, 0.08), NONE, partner)
    columns: dict[str, Column | Same] = {
        "branch_id": Same(draft.crew.branch_id),
        "id": range(case_id, case_id + count),
        "version": Same(1),
        "borrower_id": (draft.folk.borrower + borrower_id).tolist(),
        "agent_id": or_none(agent),
        "second_agent_id": or_none(partner),
    }
    columns |= _own(stream, draft, count)
    columns |= _of_money(draft, numbers)
    columns |= _of_events(draft, visit_ids, count)
    yield Block("collection_case", count, columns)
    yield Block(
        "case_contract",
        len(draft.books.case),
        {
            "branch_id": Same(draft.crew.branch_id),
            "case_id": (draft.books.case + case_id).tolist(),
            "contract_id": range(contract_id, contract_id + len(draft.books.case)),
        },
    )
    yield _assignments(stream, draft, ids, case_id, agent, partner)
    yield _holds(stream, draft, ids, case_id)
    yield _notes(stream, draft, ids, case_id)


def _own(stream: Stream, draft: "Draft", count: int) -> dict[str, Column | Same]:
    """What somebody entered on the case itself."""
    book, bones, desk = draft.book, draft.bones, draft.desk
    today = book.today
    retained = np.full(count, NONE, dtype=np.int64)
    retained[desk.retention_ending] = today + stream.below(len(desk.retention_ending), 4)
    retained[desk.retained] = today + 6 + stream.below(len(desk.retained), 50)
    ended = np.where(bones.open, NONE, bones.ended)
    placed = book.days(bones.placed)
    code = draft.crew.code[1:]
    known = stream.chance(count, 0.66) & (bones.last_visit >= 0)
    reason = np.where(known, stream.weighted(count, _REASON_WEIGHTS), NONE)
    marked = np.where(bones.open & stream.chance(count, 0.09), stream.below(count, 5), NONE)
    target = draft.amounts.overdue // 3 // 10_000 * 10_000
    targeted = bones.open & stream.chance(count, 0.6) & (target > 0)
    leading = draft.books.product[draft.amounts.leading].tolist()
    return {
        "recorded_at": book.instants(at(bones.placed, 540)),
        "case_no": [
            f"AJ{day[:4] if day else ''}{code}{place:06d}" for place, day in enumerate(placed, 1)
        ],
        "second_person_asked": stream.chance(count, 0.01).tolist(),
        "placed_on": placed,
        "retained_until_on": book.days(retained),
        "ended_on": book.days(ended),
        "end_code": [
            None if is_open else ENDS[end].value
            for is_open, end in zip(bones.open.tolist(), draft.end.tolist(), strict=True)
        ],
        "product": [PRODUCTS[one][0].value for one in leading],
        "arrears_reason": [REASONS[one].value if one >= 0 else None for one in reason.tolist()],
        "target_fen": or_none(np.where(targeted, target, NONE)),
        "mark": [MARKS[one].value if one >= 0 else None for one in marked.tolist()],
    }


def _of_money(draft: "Draft", numbers: list[str]) -> dict[str, Column | Same]:
    amounts, book = draft.amounts, draft.book
    return {
        "contract_no": [numbers[one] for one in amounts.leading.tolist()],
        "oldest_due_on": book.days(amounts.oldest_due),
        "settle_fen": amounts.settle.tolist(),
        "overdue_fen": amounts.overdue.tolist(),
        "overdue_from_on": book.days(amounts.overdue_from),
        "overdue_until_on": book.days(amounts.overdue_until),
        "next_overdue_fen": amounts.next_overdue.tolist(),
        "next_overdue_until_on": book.days(amounts.next_until),
    }


def _of_events(draft: "Draft", visit_ids: "VisitIds", count: int) -> dict[str, Column | Same]:
    book, desk, promises = draft.book, draft.desk, draft.promises
    last, index, number = last_completed(draft.bones, draft.outings)
    situation = np.append(draft.outings.situation, NONE)[index].tolist()
    waiting = open_promise(promises, draft.contacts, last, count)
    plan = np.full(count, -1, dtype=np.int64)
    plan[desk.plans.case] = np.arange(len(desk.plans.case))
    plan_day = np.append(desk.plans.day, NONE)[plan]
    plan_at = np.where(plan >= 0, at(plan_day, np.append(desk.plans.minute, 0)[plan]), NONE)
    plan_id = np.where(plan >= 0, visit_ids.first_plan + plan, NONE)
    hold = open_hold(draft.holds, count)
    hold_reason = np.append(draft.holds.reason, NONE)[hold].tolist()
    flags, critical = flag_counts(draft.flags, count)
    recall: list[str | None] = [None] * count
    for cause, cases in (
        ("complaint", desk.recall_complaint),
        ("hold", desk.recall_held),
        ("paid", desk.recall_paid),
    ):
        for case in cases.tolist():
            recall[case] = cause
    return {
        "last_visit_on": book.days(last),
        "last_visit_outcome": [
            SITUATIONS[one].outcome.value if one >= 0 else None for one in situation
        ],
        "visit_count": number.tolist(),
        "promise_due_on": book.days(np.append(promises.due, NONE)[waiting]),
        "promise_fen": or_none(np.append(promises.fen, NONE)[waiting]),
        "promise_paid_fen": or_none(np.append(promises.paid, NONE)[waiting]),
        "next_plan_id": or_none(plan_id),
        "next_plan_on": book.days(plan_day),
        "next_plan_at": book.instants(plan_at),
        "next_plan_gaps": np.append(desk.plans.gaps, 0)[plan].tolist(),
        "recall_cause": recall,
        "hold_from_on": book.days(np.append(draft.holds.start, NONE)[hold]),
        "hold_until_on": book.days(np.append(draft.holds.until, NONE)[hold]),
        "hold_reason": [HOLD_REASONS[one].value if one >= 0 else None for one in hold_reason],
        "critical_since": book.instants(critical),
        "follow_up_due_at": book.instants(follow_up_due(draft.follow_ups, count)),
        "flag_count": flags.tolist(),
        "complaint_open": has_complaint(draft.complaints, count).tolist(),
    }


def _assignments(
    stream: Stream, draft: "Draft", ids: Ids, case_id: int, agent: Ints, partner: Ints
) -> Block:
    """Who holds each case now, and for some who held it before."""
    bones, book = draft.bones, draft.book
    count = len(bones.open)
    held = agent != NONE
    until = np.where(bones.open, NONE, at(bones.ended, 1080))
    life = np.where(bones.open, book.today, bones.ended) - bones.placed
    before = held & (life > 20) & stream.chance(count, 0.16)
    change = at(bones.placed + 6 + stream.below(count, np.maximum(life - 12, 1)), 600)
    start = at(bones.placed, 545)
    other = (bones.pair + 1) % len(draft.crew.first)
    earlier = np.flatnonzero(before).astype(np.int64)
    now = np.flatnonzero(held).astype(np.int64)
    case = np.concatenate([earlier, now])
    agents = np.concatenate([draft.crew.first[other][earlier], agent[now]])
    partners = np.concatenate([draft.crew.second[other][earlier], partner[now]])
    begin = np.concatenate([start[earlier], np.where(before, change, start)[now]])
    end = np.concatenate([change[earlier], until[now]])
    order = np.lexsort((begin, case))
    first = ids.take(len(case))
    moved = np.isin(order, np.arange(len(earlier)), invert=True) & before[case[order]]
    stamps = book.instants(begin[order])
    return Block(
        "assignment",
        len(case),
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + len(case)),
            "recorded_at": stamps,
            "case_id": (case[order] + case_id).tolist(),
            "agent_id": agents[order].tolist(),
            "second_agent_id": or_none(partners[order]),
            "from_at": stamps,
            "until_at": book.instants(end[order]),
            "reason": ["片区调整" if one else "新案分配" for one in moved.tolist()],
            "by": Same(draft.crew.supervisor),
            "done_by_branch_id": Same(draft.crew.branch_id),
        },
    )


def _holds(stream: Stream, draft: "Draft", ids: Ids, case_id: int) -> Block:
    holds, book = draft.holds, draft.book
    count = len(holds.case)
    first = ids.take(count)
    is_open = holds.ended == NONE
    ended = np.where(is_open, NONE, at(holds.ended, 620))
    return Block(
        "hold",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": book.instants(holds.recorded),
            "version": Same(1),
            "case_id": (holds.case + case_id).tolist(),
            "reason": [HOLD_REASONS[one].value for one in holds.reason.tolist()],
            "words": [HOLD_WORDS[one] for one in stream.below(count, len(HOLD_WORDS)).tolist()],
            "from_on": book.days(holds.start),
            "until_on": book.days(holds.until),
            "owner": Same(draft.crew.supervisor),
            "ended_at": book.instants(ended),
            "ended_by": [None if one else draft.crew.supervisor for one in is_open.tolist()],
            "end_words": [None if one else "到期恢复跟进" for one in is_open.tolist()],
        },
    )


def _notes(stream: Stream, draft: "Draft", ids: Ids, case_id: int) -> Block:
    bones = draft.bones
    noted = np.flatnonzero(stream.chance(len(bones.open), 0.08)).astype(np.int64)
    until = np.where(bones.open, draft.book.today - 1, bones.ended)[noted]
    day = stream.between(len(noted), bones.placed[noted], until)
    order = np.lexsort((noted, day))
    text = stream.below(len(noted), len(CASE_NOTES)).tolist()
    first = ids.take(len(noted))
    minutes = whole(range(len(noted))) * 37 % 500
    return Block(
        "case_note",
        len(noted),
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + len(noted)),
            "recorded_at": draft.book.instants(at(day[order], 540 + minutes)),
            "case_id": (noted[order] + case_id).tolist(),
            "text": [CASE_NOTES[one] for one in text],
            "by": Same(draft.crew.supervisor),
        },
    )
