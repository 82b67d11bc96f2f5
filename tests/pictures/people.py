"""Loads of a small branch, for pictures and plots."""

from datetime import date
from typing import Any

from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.rows.workloads import Away, LoadPerson, LoadTeam, Workloads

ON, TOMORROW = date(2026, 11, 19), date(2026, 11, 20)


def a_person(number: int, **values: Any) -> LoadPerson:
    """Somebody who holds ten cases."""
    usual: dict[str, Any] = {
        "team_id": TeamId(1),
        "active": True,
        "unfit_since": None,
        "cases": 10,
        "overdue_fen": 12_345_678,
        "settle_fen": 20_000_000,
        "difficulty": 1_250,
        "idle": (4, 3, 2, 1),
        "late": 0,
        "areas": 3,
        "doors": 6,
        "capacity": 8,
        "daily": 8,
        "away": (),
        "presence": 10,
    }
    return LoadPerson(
        staff_id=StaffId(number),
        staff_no=f"{number:02d}",
        name=f"人{number}",
        **{**usual, **values},
    )


def a_branch(**values: Any) -> Workloads:
    """Two teams; the first person is over the cap, the second away tomorrow."""
    away = (Away(TOMORROW, TOMORROW, "培训"),)
    usual: dict[str, Any] = {
        "cap": 11,
        "teams": (
            LoadTeam(
                TeamId(1),
                "外访一组",
                (a_person(1, cases=14, late=2), a_person(2, away=away, capacity=0)),
            ),
            LoadTeam(None, "", (a_person(3, team_id=None, unfit_since=date(2026, 10, 1)),)),
        ),
        "cases": (),
        "conflicts": {},
        "unassigned": 4,
        "payments_known_on": None,
    }
    return Workloads(
        branch_id=BranchId(1), branch="城东", on=ON, tomorrow=TOMORROW, **{**usual, **values}
    )
