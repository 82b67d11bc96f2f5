"""What text fields have in common."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

from supervisor.i18n import tr
from supervisor.ui.look.icons import icon


def clearable(field: QLineEdit) -> None:
    """Give the field a button that empties it; Qt itself gives that button no name.

    Where the field is too short for its hint, the hint stands in the tooltip.
    """
    field.setClearButtonEnabled(True)
    if not field.toolTip():
        field.setToolTip(field.placeholderText())
    _name_new(field, tr("Empty the field"))


def with_search_sign(field: QLineEdit) -> None:
    """The magnifying glass before the text."""
    field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    _name_new(field, tr("Search"))


def _name_new(field: QLineEdit, name: str) -> None:
    """Name the button that Qt has just put into the field."""
    for button in field.findChildren(QToolButton):
        if not button.accessibleName():
            button.setAccessibleName(name)


def name_field(combo: QComboBox, name: str) -> None:
    """Name a combo box one can type into, and the field within, which has the focus."""
    combo.setAccessibleName(name)
    field = combo.lineEdit()
    if field is not None:
        field.setAccessibleName(name)
