"""What text fields have in common."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

from supervisor.i18n import tr


def clearable(field: QLineEdit) -> None:
    """Give the field a button that empties it; Qt itself gives that button no name.

    Where the field is too short for its hint, the hint stands in the tooltip.
    """
    field.setClearButtonEnabled(True)
    if not field.toolTip():
        field.setToolTip(field.placeholderText())
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(tr("Empty the field"))


def name_field(combo: QComboBox, name: str) -> None:
    """Name a combo box one can type into, and the field within, which has the focus."""
    combo.setAccessibleName(name)
    field = combo.lineEdit()
    if field is not None:
        field.setAccessibleName(name)
