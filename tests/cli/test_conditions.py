from datetime import UTC, date, datetime

import pytest

from supervisor import i18n
from supervisor.cli.conditions import CONDITIONS, narrowed, sort_of
from supervisor.errors import BadInputError
from supervisor.models.enums import Bucket, QueueReason, VisitOutcome
from supervisor.models.enums_queue import SortKey
from supervisor.models.rows.case_queue import CaseQueueFilter, Sort

ALL = CaseQueueFilter(as_of=date(2026, 11, 23), now=datetime(2026, 11, 23, 4, tzinfo=UTC))


def test_that_codes_names_and_words_of_both_languages_are_taken() -> None:
    assert narrowed(ALL, ["bucket=M3,m6+"]).buckets == {Bucket.M3, Bucket.M6_PLUS}
    assert narrowed(ALL, ["outcome=met_debtor"]).outcomes == {VisitOutcome.MET_DEBTOR}
    i18n.set_language("zh_CN")
    assert narrowed(ALL, ["reason=外访须撤回"]).reasons == {QueueReason.RECALL}


def test_that_ranges_may_be_open_on_one_side() -> None:
    assert narrowed(ALL, ["dpd=30.."]).dpd_min == 30
    assert narrowed(ALL, ["dpd=30.."]).dpd_max is None
    assert narrowed(ALL, ["overdue=..5000.50"]).overdue_max_fen == 500_050
    both = narrowed(ALL, ["last_visit=2026-11-01..2026-11-20"])
    assert (both.last_visit_from, both.last_visit_until) == (date(2026, 11, 1), date(2026, 11, 20))
    assert narrowed(ALL, ["dpd=30"]) == narrowed(ALL, ["dpd=30..30"])


def test_that_full_width_signs_and_amounts_in_myriads_are_taken() -> None:
    assert narrowed(ALL, ["bucket=Ｍ３，Ｍ６＋"]).buckets == {Bucket.M3, Bucket.M6_PLUS}
    assert narrowed(ALL, ["dpd=３０．．９０"]) == narrowed(ALL, ["dpd=30..90"])
    assert narrowed(ALL, ["overdue=1.5万..20,000元"]).overdue_min_fen == 1_500_000
    assert narrowed(ALL, ["overdue=1.5万..20,000元"]).overdue_max_fen == 2_000_000
    assert narrowed(ALL, ["placed=２０２６-11-01.."]).placed_from == date(2026, 11, 1)


def test_that_conditions_are_joined() -> None:
    wanted = narrowed(ALL, ["held=yes", "unassigned=no", "area=城东,城西", "untouched=7"])
    assert (wanted.held, wanted.unassigned, wanted.areas) == (True, False, ("城东", "城西"))
    assert wanted.untouched_days_min == 7


def test_that_days_since_a_visit_may_have_both_ends() -> None:
    both = narrowed(ALL, ["untouched=8..14"])
    assert (both.untouched_days_min, both.untouched_days_max) == (8, 14)


def test_that_weekdays_count_from_one_and_hours_from_nought() -> None:
    wanted = narrowed(ALL, ["visited_weekday=1,7", "visited_hour=0,21", "visited=2026-11-01.."])
    assert wanted.visited_weekdays == {0, 6}
    assert wanted.visited_hours == {0, 21}
    assert wanted.visited_from == date(2026, 11, 1)
    for outside in ("visited_weekday=0", "visited_weekday=8", "visited_hour=24"):
        with pytest.raises(BadInputError):
            narrowed(ALL, [outside])


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_that_every_condition_refuses_nonsense_or_keeps_it_as_text(name: str) -> None:
    if name == "area":
        assert narrowed(ALL, ["area=nonsense"]).areas == ("nonsense",)
        return
    with pytest.raises(BadInputError) as raised:
        narrowed(ALL, [f"{name}=nonsense"])
    assert raised.value.facts == {"name": name, "value": "nonsense"}


def test_that_unknown_conditions_list_the_known_ones() -> None:
    with pytest.raises(BadInputError) as raised:
        narrowed(ALL, ["colour=red"])
    assert "bucket" in str(raised.value.facts["known"])


def test_that_a_minus_sorts_downwards() -> None:
    assert sort_of("-overdue") == Sort(SortKey.OVERDUE, descending=True)
    assert sort_of("case_no") == Sort(SortKey.CASE_NO)
    with pytest.raises(BadInputError):
        sort_of("beauty")
