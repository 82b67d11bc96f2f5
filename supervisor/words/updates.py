"""Sentences about versions of the program: what is published, what is demanded."""

from supervisor.i18n import tr
from supervisor.models.program_versions import ProgramState, ProgramVersions


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {
        "program_too_old": tr(
            "This program is version {own}; the office asks for {minimum} or newer before anything "
            "is written. Reading goes on. Nothing was written."
        ),
        "program_not_yours": tr("Administrators of every branch publish versions."),
        "program_no_version": tr("“{version}” is no version. Write it as 1.4 or 1.4.2."),
        "program_no_place": tr(
            "Say where the installer lies: a folder, a file or an address on one line."
        ),
        "program_minimum_above_newest": tr(
            "The oldest version that may write cannot be newer than the published {newest}."
        ),
        "program_minimum_above_own": tr(
            "You use version {own} yourself. Install the newer one first, or you would shut "
            "yourself out."
        ),
        "program_so_already": tr("These versions are published already."),
    }


def short(versions: ProgramVersions, own: str) -> str:
    """What the foot of the window says; empty when there is nothing to do."""
    state = versions.state(own)
    if state is ProgramState.TOO_OLD:
        return tr("Version {minimum} is asked for", minimum=versions.minimum)
    if state is ProgramState.NEWER_THERE:
        return tr("Version {newest} is there", newest=versions.newest)
    return ""


def whole(versions: ProgramVersions, own: str) -> str:
    """How this program stands, in a sentence or two."""
    state = versions.state(own)
    if state is ProgramState.TOO_OLD:
        return tr(
            "This is version {own}. The office asks for version {minimum} or newer: you can read, "
            "and nothing is written until the program is updated.",
            own=own,
            minimum=versions.minimum,
        )
    if state is ProgramState.NEWER_THERE:
        return tr(
            "This is version {own}; version {newest} is there. Install it when your work is done.",
            own=own,
            newest=versions.newest,
        )
    return tr("This is version {own}. There is no newer one to install.", own=own)
