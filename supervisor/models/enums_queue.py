"""Words of the queue's order and of saved views."""

from enum import StrEnum


class ViewScope(StrEnum):
    """Who sees a saved view."""

    MINE = "mine"
    SHARED = "shared"


class SortKey(StrEnum):
    """What the queue can be sorted by, in SQL."""

    DEFAULT = "default"
    MARK = "mark"
    CASE_NO = "case_no"
    CONTRACT_NO = "contract_no"
    BORROWER = "borrower"
    DAYS_PAST_DUE = "dpd"
    OVERDUE = "overdue"
    SETTLE = "settle"
    AREA = "area"
    AGENT = "agent"
    SECOND_AGENT = "second_agent"
    LAST_VISIT = "last_visit"
    VISIT_COUNT = "visit_count"
    PROMISE_DUE = "promise_due"
    NEXT_PLAN = "next_plan"
    PLACED_ON = "placed_on"
    TEAM = "team"
    BRANCH = "branch"
    PRODUCT = "product"
