"""Whose act a word tells of: the customer's side, ours, a third party's, or nobody named."""

from dataclasses import dataclass
from enum import StrEnum

from supervisor.models.rules.notes.lexicon import Lexicon, Tokens

_REACH = 30
"""How many signs back a subject is looked for."""


class Party(StrEnum):
    """Sides of a visit."""

    CUSTOMER = "customer"
    US = "us"
    THIRD = "third"
    UNKNOWN = "unknown"


_OTHER_SIDE = {Party.CUSTOMER: Party.US, Party.US: Party.CUSTOMER}


@dataclass(frozen=True)
class Sides:
    """Signs by what they say of who acts."""

    of_sign: dict[str, Party]
    me: str
    you: str
    passive: str
    toward: frozenset[str]
    stop: frozenset[str]
    comma: frozenset[str]

    @staticmethod
    def of(words: Lexicon) -> "Sides":
        """Taken from the lexicon."""
        sides = dict.fromkeys(words.sign_class("customer"), Party.CUSTOMER)
        sides |= dict.fromkeys(words.sign_class("outsider"), Party.THIRD)
        sides[words.signs["us"]] = Party.US
        sides[words.signs["me"]] = Party.US
        return Sides(
            of_sign=sides,
            me=words.signs["me"],
            you=words.signs["you"],
            passive=words.signs["passive"],
            toward=frozenset(words.sign_class("toward") + words.sign_class("made")),
            stop=frozenset(words.sign_class("stop")),
            comma=frozenset(words.sign_class("comma")),
        )

    def party_of(self, tokens: Tokens, at: int) -> tuple[Party, bool]:
        """(party, sure): who does what stands at sign `at`.

        The nearest person before it who is not a target; sure when that person stands in the same
        clause.
        """
        signs = tokens.signs
        target: Party | None = None
        speech = crossed = False
        for index in range(at - 1, max(-1, at - _REACH), -1):
            sign = signs[index]
            if sign in self.stop:
                break
            crossed = crossed or sign in self.comma
            speech = speech or sign == self.you
            if sign == self.passive and not crossed and target is None:
                return self._other(self._subject(tokens, index)), True
            party = self.of_sign.get(sign)
            if party is None:
                continue
            if index and signs[index - 1] in self.toward:
                target = target or party
            elif sign != self.me or not speech:
                return party, not crossed
        return self._by_target(target, speech=speech)

    @staticmethod
    def _by_target(target: Party | None, *, speech: bool) -> tuple[Party, bool]:
        if speech or target is Party.US:
            return Party.CUSTOMER, target is Party.US
        return (Party.US if target is Party.CUSTOMER else Party.UNKNOWN), False

    def _subject(self, tokens: Tokens, at: int) -> Party:
        for index in range(at - 1, max(-1, at - 8), -1):
            if tokens.signs[index] in self.stop:
                break
            if party := self.of_sign.get(tokens.signs[index]):
                return party
        return Party.US

    @staticmethod
    def _other(party: Party) -> Party:
        return _OTHER_SIDE.get(party, Party.CUSTOMER)
