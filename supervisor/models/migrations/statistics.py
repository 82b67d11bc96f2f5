"""What SQLite's planner is told of our tables: an office of 200 branches and a million cases.

Without statistics SQLite takes a branch for ten rows and reads it through, again for every line of
the queue. Measured statistics would need somebody to measure; these are the same in every file, so
that every file is read in the same way. PostgreSQL measures by itself.

Each line: rows of the index, then rows that share its first column, its first two, and so on.
"""

from sqlalchemy import Connection, text

_OPEN = "700000"
_EACH = "1 1 1 1"
STATISTICS: dict[str, dict[str, str]] = {
    "collection_case": {
        "collection_case": "1000000 5000 1",
        "sqlite_autoindex_collection_case_2": "1000000 5000 1",
        "ix_case_branch_id_borrower_id": "1000000 5000 1",
        "ix_case_case_no": "1000000 1",
        "ix_case_placed_on": "1000000 1400 7",
        "ix_case_ended_on": "300000 420 3",
        "ix_case_open_overdue": f"{_OPEN} 2 {' '.join('1' * 20)}",
        "ix_case_open_next_overdue": f"{_OPEN} 2 {' '.join('1' * 7)}",
        "ix_case_open_next_overdue_until": f"{_OPEN} 20000",
        "ix_case_open_overdue_from": f"{_OPEN} 5000",
        "ix_case_open_overdue_until": f"{_OPEN} 20000",
        "ix_case_open_oldest_due": f"{_OPEN} 1000 {_EACH}",
        "ix_case_open_agent": f"{_OPEN} 240 {_EACH}",
        "ix_case_open_last_visit": f"{_OPEN} 1000 {_EACH}",
        "ix_case_critical": "2000 1",
        "ix_case_recall": "2000 1000",
        "ix_case_follow_up": "6000 2",
        "ix_case_promise": "20000 700 700",
        "ix_case_next_plan": "50000 6000",
        "ix_case_hold_until": "40000 500",
        "ix_case_retained_until": "10000 200",
    },
    "borrower": {
        "borrower": "1000000 5000 1",
        "sqlite_autoindex_borrower_2": "1000000 5000 1",
        "ix_borrower_initials_branch_id": "1000000 500 3",
        "ix_borrower_phone_tail_branch_id": "1000000 100 1",
        "ix_borrower_pinyin_key_branch_id": "1000000 20 1",
        "ix_borrower_branch_id_household_key": "1000000 5000 2",
    },
    "borrower_name": {
        "borrower_name": "1000000 5000 1",
        "ix_borrower_name_full_name_branch_id": "1000000 20 1",
    },
    "borrower_private": {"borrower_private": "1000000 5000 1"},
    "contract": {
        "contract": "1000000 5000 1",
        "sqlite_autoindex_contract_2": "1000000 5000 1",
        "ix_contract_branch_id_borrower_id": "1000000 5000 1",
        "ix_contract_contract_no": "1000000 1",
    },
    "case_contract": {
        "case_contract": "1000000 5000 1 1",
        "ix_case_contract_branch_id_contract_id": "1000000 5000 1",
    },
    "instalment": {
        "instalment": "18000000 90000 1",
        "sqlite_autoindex_instalment_2": "18000000 90000 18 1",
    },
    "payment": {
        "payment": "12000000 60000 1",
        "sqlite_autoindex_payment_2": "12000000 60000 1",
        "ix_payment_branch_id_contract_id_value_on": "12000000 60000 12 1",
    },
    "visit": {
        "visit": "10000000 50000 1",
        "sqlite_autoindex_visit_2": "10000000 50000 1",
        "ix_visit_branch_id_case_id": "10000000 50000 10 1",
        "ix_visit_branch_id_visited_on": "10000000 50000 80",
        "ix_visit_done_by_branch_id": "10000000 50000 80",
        "ix_visit_plan_id": "200000 1000 1",
        "ix_visit_request": "400000 2000 2 1",
        "ix_visit_unjudged": "40000 200 1 1",
        "ix_visit_unjudged_id": "40000 1",
    },
    "visit_plan": {
        "visit_plan": "200000 1000 1",
        "sqlite_autoindex_visit_plan_2": "200000 1000 1",
        "ix_visit_plan_branch_id_case_id": "200000 1000 1 1",
        "ix_visit_plan_branch_id_plan_on": "200000 1000 30",
        "ix_visit_plan_unchecked": "4000 20 1 1",
    },
    "promise": {
        "promise": "1300000 6500 1",
        "sqlite_autoindex_promise_2": "1300000 6500 1",
        "ix_promise_branch_id_case_id": "1300000 6500 3 1",
        "ix_promise_done_by_branch_id": "1300000 6500 9 9 1 1 1 1",
    },
    "contact_attempt": {
        "contact_attempt": "1600000 8000 1",
        "sqlite_autoindex_contact_attempt_2": "1600000 8000 1",
        "ix_contact_attempt_branch_id_case_id": "1600000 8000 3 1",
    },
    "assignment": {
        "assignment": "1100000 5500 1",
        "ix_assignment_branch_id_case_id": "1100000 5500 2 1",
        "ix_assignment_agent_id_from_at": "1100000 400 2",
    },
    "flag": {
        "flag": "500000 2500 1",
        "ix_flag_branch_id_case_id": "500000 2500 2",
        "ix_flag_branch_id_state": "500000 2500 500 250",
        "uq_flag_subject": "500000 2500 2 1 1",
        "ix_flag_open_due": "50000 250 1",
        "ix_flag_closed_at": "450000 2 1",
        "ix_flag_branch_id_raised_at": "500000 2500 2 1 1 1",
        "ix_flag_agent_id": "500000 170 1",
        "ix_flag_kind": "500000 170000 25000 6000 1",
    },
    "finding": {
        "finding": "700000 3500 1",
        "uq_finding_fingerprint": "700000 3500 2 1",
        "ix_finding_rule_id": "700000 20000 100 1",
    },
    "follow_up": {
        "follow_up": "200000 1000 1",
        "ix_follow_up_branch_id_case_id": "200000 1000 2",
        "ix_follow_up_branch_id_flag_id": "200000 1000 2",
        "ix_follow_up_open_due": "40000 200 1",
        "ix_follow_up_done_at": "160000 2 1",
    },
    "hold": {"hold": "100000 500 1", "ix_hold_branch_id_case_id": "100000 500 1"},
    "complaint": {
        "complaint": "10000 50 1",
        "sqlite_autoindex_complaint_2": "10000 50 1",
        "ix_complaint_branch_id_case_id": "10000 50 1",
    },
    "case_note": {
        "case_note": "90000 450 1",
        "ix_case_note_branch_id_case_id": "90000 450 1",
    },
    "summary_visit": {
        "summary_visit": "8000000 40000 13000 15 2 1",
        "ix_summary_visit_people": "2800000 3800 1 1",
    },
    "summary_house": {"summary_house": "50000 25000 60 6 1"},
    "summary_area": {"summary_area": "6000000 30000 40 1"},
    "summary_house_area": {"summary_house_area": "600000 800 1"},
    "summary_tally": {"summary_tally": "1500000 7500 10 1"},
    "summary_house_tally": {"summary_house_tally": "10000 15 1"},
    "summary_dirty": {"ix_summary_dirty_branch_id_day": "2000 10 1"},
    "staff": {"ix_staff_branch_id_team_id": "3000 15 5", "sqlite_autoindex_staff_1": "3000 15 1"},
}
"""Table, index (a table's own name: its key), figures."""


def tell_planner(connection: Connection) -> None:
    """Put the statistics of what there is into a SQLite database; PostgreSQL needs none."""
    if connection.dialect.name != "sqlite":
        return
    # The table is SQLite's own; an ANALYZE of a catalogue table makes it and measures nothing.
    connection.execute(text("ANALYZE sqlite_master"))
    present = {
        name
        for (name,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")
        )
    }
    for table, indexes in STATISTICS.items():
        connection.execute(text("DELETE FROM sqlite_stat1 WHERE tbl = :tbl"), {"tbl": table})
        for index, figures in indexes.items():
            if index in present:
                connection.execute(
                    text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)"),
                    {"tbl": table, "idx": index, "stat": figures},
                )
