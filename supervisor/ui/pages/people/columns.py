"""Columns of the list of logins."""

from datetime import date

from supervisor.i18n import tr
from supervisor.models.enums import Role
from supervisor.models.rows.office_people import OfficePerson
from supervisor.ui.tables import Align, Column, Look
from supervisor.words import formats, word
from supervisor.words.of_office_people import branches_text, state_text


def columns(today: date) -> list[Column[OfficePerson]]:
    """The name first."""
    roles = list(Role)
    return [
        Column("login", lambda: tr("Login"), lambda row: row.login,
               sort=lambda row: row.login, width=150, fixed=True, frozen=True),
        Column("role", lambda: tr("Role"), lambda row: word(row.role),
               sort=lambda row: roles.index(row.role), width=140),
        Column("branches", lambda: tr("Branches"),
               lambda row: tr(", ").join(row.branches) if row.branches else tr("every branch"),
               tooltip=lambda row: branches_text(row.branches, everywhere=row.everywhere),
               sort=lambda row: (not row.everywhere, row.branches), width=200, grows=True,
               roomy=240),
        Column("state", lambda: tr("State"), state_text,
               sort=lambda row: row.may_sign_in, width=104,
               look=lambda row: Look(tone="text" if row.may_sign_in else "text3")),
        Column("by", lambda: tr("Changed by"), lambda row: row.changed_by,
               sort=lambda row: row.changed_by, width=110),
        Column("at", lambda: tr("Changed"),
               lambda row: formats.moment(row.changed_at, today),
               sort=lambda row: row.changed_at, align=Align.RIGHT, width=110),
    ]  # fmt: skip
