"""The same operations done the two usual ways: `QSqlTableModel`, and pandas in a `QTableView`.

Both are given less to do (one table, no names, no reasons) and start from the same file. A view
of 40 visible rows is shown; what counts is the time until its cells have text.
"""

from functools import partial
from typing import Any

import pandas as pd
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView

from tests.benchmarks.queue_operations import Workload
from tests.benchmarks.timing import summary, timed

ROUNDS = 3
VISIBLE = 40
COLUMNS = (
    "branch_id, id, case_no, contract_no, mark, oldest_due_on, overdue_fen, agent_id, "
    "second_agent_id, last_visit_on, last_visit_outcome, promise_due_on, promise_fen, "
    "next_plan_on, placed_on, version"
)
OPEN = "ended_on IS NULL"
COMPARED = {
    "branch: sort overdue down": ("branch", "overdue_fen", 0.0),
    "branch: jump to the middle": ("branch", "case_no", 0.5),
    "all: sort overdue down": ("all", "overdue_fen", 0.0),
    "all: sort last_visit": ("all", "last_visit_on", 0.0),
    "all: search case_no": ("number", "case_no", 0.0),
    "all: middle of overdue": ("all", "overdue_fen", 0.5),
}
"""Our operation: what the rival selects, its order, and how far down the view is."""


def measure(path: str, workload: Workload) -> dict[str, dict[str, dict[str, Any]]]:
    """Rival name to operation to figures, over a SQLite file."""
    application = QApplication.instance() or QApplication([])
    figures: dict[str, dict[str, dict[str, Any]]] = {}
    for rival, once in (("QSqlTableModel", _by_qt), ("pandas", _by_pandas)):
        figures[rival] = {}
        for name, (what, order, part) in COMPARED.items():
            values = [
                timed(partial(once, path, _condition(what, workload), order, part))
                for _ in range(ROUNDS)
            ]
            figures[rival][name] = summary(values)
    del application
    return figures


def _condition(what: str, workload: Workload) -> str:
    one = workload.chance.choice(workload.samples)
    if what == "branch":
        return f"{OPEN} AND branch_id = {one.branch_id}"
    return f"{OPEN} AND case_no = '{one.case_no}'" if what == "number" else OPEN


def _by_qt(path: str, condition: str, order: str, part: float) -> None:
    database = QSqlDatabase.addDatabase("QSQLITE", "rival")
    database.setDatabaseName(path)
    database.setConnectOptions("QSQLITE_OPEN_READONLY")
    if not database.open():
        raise RuntimeError(database.lastError().text())
    model = QSqlTableModel(None, database)
    model.setTable("collection_case")
    model.setFilter(condition)
    column = model.fieldIndex(order)
    model.setSort(column, Qt.SortOrder.DescendingOrder)
    model.select()
    if part:
        while model.canFetchMore():
            model.fetchMore()
    _look(model, int(model.rowCount() * part))
    model.clear()
    model.deleteLater()
    del model
    database.close()
    del database
    QSqlDatabase.removeDatabase("rival")


class _Frame(QAbstractTableModel):
    """A data frame as Qt wants it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        super().__init__()
        self.frame = frame

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.frame)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.frame.columns)

    def data(self, index: QModelIndex, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.frame.iat[index.row(), index.column()])
        return None


def _by_pandas(path: str, condition: str, order: str, part: float) -> None:
    import sqlite3

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    sql = f"SELECT {COLUMNS} FROM collection_case WHERE {condition}"
    frame = pd.read_sql_query(sql, connection).sort_values(order, ascending=False)
    connection.close()
    _look(_Frame(frame), int(len(frame) * part))


def _look(model: Any, first: int) -> None:
    """Show the model at a row and read every visible cell."""
    view = QTableView()
    view.setModel(model)
    view.resize(1440, 900)
    view.show()
    view.verticalScrollBar().setValue(first)
    for row in range(first, min(model.rowCount(), first + VISIBLE)):
        for column in range(model.columnCount()):
            model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole)
    view.grab()
    view.close()
    view.deleteLater()


def ratios(
    ours: dict[str, dict[str, Any]], theirs: dict[str, dict[str, dict[str, Any]]]
) -> dict[str, dict[str, float]]:
    """How many times as long a rival takes."""
    return {
        rival: {
            name: round(figures["median_ms"] / max(0.1, ours[name]["median_ms"]), 1)
            for name, figures in operations.items()
        }
        for rival, operations in theirs.items()
    }
