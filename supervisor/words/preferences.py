"""Titles, help and choices of the preferences page, by field name and value."""

from supervisor.i18n import tr


def title(name: str) -> str:
    """What the page calls a preference.

    Raises:
        KeyError: no such preference on the page.
    """
    return {
        "language": tr("Language"),
        "theme": tr("Theme"),
        "row_height": tr("Row height"),
        "reveal_seconds": tr("Revealed information stays readable for (seconds)"),
        "mask_after_minutes": tr("Mask it when nobody touched the program for (minutes)"),
        "copy_headings": tr("Copy headings with rows"),
        "tray_reminders": tr("Reminders beside the clock"),
        "role": tr("Role on this desk"),
    }[name]


def explanation(name: str) -> str:
    """One sentence on what a preference does; empty where the title says it."""
    return {
        "theme": tr("“System” follows the setting of the computer."),
        "reveal_seconds": tr("After that it is masked again. Every reveal is recorded."),
        "mask_after_minutes": tr("It is masked at once when the screen is locked."),
        "tray_reminders": tr("Counts only, never names; off where the desktop has no such place."),
        "role": tr("Every act is recorded together with the role it was done in."),
    }.get(name, "")


def choice(name: str, value: str) -> str:
    """What the page calls one option of a preference."""
    return {
        ("language", "zh_CN"): "简体中文",
        ("language", "en"): "English",
        ("theme", "system"): tr("System"),
        ("theme", "light"): tr("Light"),
        ("theme", "dark"): tr("Dark"),
        ("row_height", "normal"): tr("Normal"),
        ("row_height", "compact"): tr("Compact"),
        ("role", "supervisor"): tr("Supervisor"),
        ("role", "manager"): tr("Manager"),
        ("role", "training_lead"): tr("Training lead"),
        ("role", "compliance"): tr("Compliance officer"),
        ("role", "admin"): tr("Administrator"),
    }[name, value]
