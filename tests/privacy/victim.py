"""A desk on which everything fails with private values in hand: ADDRESS, then values as JSON.

What people could copy from its error boxes goes to standard output.
"""

import json
import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from supervisor import logs, settings
from supervisor.app.desktop import sit_down
from supervisor.app.dress import application
from supervisor.models.database import Database
from supervisor.models.tables import Borrower, BorrowerPrivate
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.shell import qt_messages
from supervisor.ui.shell.error_dialog import ErrorDialog, dialog_for

Values = dict[str, str]


def row_refused(values: Values, session: Session, _about: object) -> None:
    """The server's DETAIL shows the whole row, the driver its parameters."""
    branch, borrower = session.execute(select(Borrower.branch_id, Borrower.id).limit(1)).one()
    row = {
        "branch_id": branch,
        "borrower_id": borrower,
        "id_number": None,
        "phones": values["phone"],
        "contacts": "[]",
        "addresses": values["address"],
        "liability": values["name"],
    }
    session.execute(insert(BorrowerPrivate.__table__).values(row))


def value_refused(values: Values, session: Session, _about: object) -> None:
    """A value of the wrong type stands in the words of the error."""
    session.execute(select(Borrower.id).where(Borrower.id == values["phone"] + values["name"]))
    raise ValueError(values["name"])


def same_twice(values: Values, session: Session, _about: object) -> None:
    """The DETAIL of a unique error names the key."""
    found = session.execute(select(Borrower.__table__).limit(1)).one()._mapping
    session.execute(insert(Borrower.__table__).values({**found, "area": values["address"]}))


class Leaky:
    """Its destructor fails with a value in its words."""

    def __init__(self, said: str) -> None:
        self.said = said

    def __del__(self) -> None:
        raise ValueError(self.said)


def fail(desk: Desk, values: Values, owner: QObject) -> None:
    """Everything that can go wrong, once."""
    page = CaseQueuePage(desk)
    for number, query in enumerate((row_refused, value_refused, same_twice)):
        desk.runner.ask(
            partial(desk.database.read, partial(query, values), None),
            owner=owner,
            key=number,
            then=print,
            failed=page._on_failed,  # as every page: raises what is ours
        )
    desk.runner.ask(lambda: values, owner=owner, key="answer", then=_boom, failed=print)
    QTimer.singleShot(0, lambda: _boom(values))
    future: Future[None] = Future()
    future.add_done_callback(lambda _done: _boom(values))
    future.set_result(None)
    Leaky(values["name"])
    logging.getLogger("some.library").error("row %s", values["name"])
    try:
        _boom(values)
    except KeyError:
        logging.getLogger("some.library").exception("row %s", json.dumps(values))
    logging.getLogger("supervisor.x").warning("%s %s", values["phone"], values["id_number"])
    qWarning(f"{values['phone']} {values['id_number']}")


def _boom(values: Values) -> None:
    raise KeyError(values["name"], values["phone"], values["address"])


def main() -> None:
    address, given = sys.argv[1:]
    values: Values = json.loads(given)
    crashes: list[logs.Crash] = []
    logs.start()
    app = application(settings.Preferences())
    qt_messages.install()
    logs.install_hooks(crashes.append)
    desk = sit_down(Database(address), settings.Preferences())
    owner = QObject()
    QTimer.singleShot(0, partial(fail, desk, values, owner))
    _wait(app, lambda: desk.runner.waiting == 0 and len(crashes) >= 4)
    for crash in crashes:
        box = ErrorDialog("x", "y", crash.text)
        box.copy()
        print(QGuiApplication.clipboard().text())
        print(*(part.toPlainText() for part in box.findChildren(QPlainTextEdit)))
        box.deleteLater()
    print(dialog_for(KeyError(values["name"]), "").windowTitle())
    print(f"{len(crashes)} crashes", flush=True)
    desk.runner.shut_down()


def _wait(app: Any, over: Callable[[], bool]) -> None:
    timer = QTimer()
    timer.timeout.connect(lambda: app.quit() if over() else None)
    timer.start(50)
    QTimer.singleShot(20_000, app.quit)
    app.exec()


if __name__ == "__main__":
    main()
