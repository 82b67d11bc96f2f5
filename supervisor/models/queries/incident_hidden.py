"""What people wrote about a flag, as training leads may read it: without customers."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from supervisor.models.private_words import words_of_cases
from supervisor.models.rows.incident_detail import (
    AppealRow,
    FlagEventRow,
    ReviewRow,
    RuleCard,
    StepRow,
)
from supervisor.models.rules.known_words import hide
from supervisor.models.rules.notes import deidentify


@dataclass(frozen=True, slots=True)
class Said:
    """Everything with words of people."""

    reviews: tuple[ReviewRow, ...]
    appeals: tuple[AppealRow, ...]
    events: tuple[FlagEventRow, ...]
    steps: tuple[StepRow, ...]


def without_customers(session: Session, flag: Any, said: Said) -> Said:
    """The same without names, numbers, addresses and places."""
    known = words_of_cases(session, flag.branch_id, (flag.case_id,))[flag.case_id]
    return Said(
        tuple(replace(one, reason=hide(one.reason, known)) for one in said.reviews),
        tuple(
            replace(one, text=hide(one.text, known), answer=hide(one.answer, known))
            for one in said.appeals
        ),
        tuple(replace(one, words=hide(one.words, known)) for one in said.events),
        tuple(replace(one, words=hide(one.words, known)) for one in said.steps),
    )


def plain_cards(cards: tuple[RuleCard, ...]) -> tuple[RuleCard, ...]:
    """Cards whose facts name nobody; facts are codes, times and numbers, but who knows."""
    return tuple(
        replace(card, facts={name: deidentify(value) for name, value in card.facts.items()})
        for card in cards
    )
