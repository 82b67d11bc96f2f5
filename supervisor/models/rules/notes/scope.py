"""What keeps a word from being an event of this visit: negation, past, condition, hearsay."""

import re
from dataclasses import dataclass

from supervisor.models.rows.notes import Cancel
from supervisor.models.rules.notes.lexicon import GAP, Lexicon, Tokens
from supervisor.models.rules.notes.parties import Party

_NEGATION_REACH = 9
_SENTENCE_REACH = 40
_CONDITION_REACH = 2
"""Commas a condition reaches over."""
_NONE_OF_THEM = re.compile("[均皆都全](无|没|未)")


@dataclass(frozen=True)
class Scopes:
    """Signs by what they do to a clause."""

    no: frozenset[str]
    nots: frozenset[str]
    passes: frozenset[str]
    lists: frozenset[str]
    listed: frozenset[str]
    hostile: frozenset[str]
    stop: frozenset[str]
    comma: frozenset[str]
    space: frozenset[str]
    past: str
    before_doing: str
    now: str
    conditions: frozenset[str]
    customer: frozenset[str]
    again: str
    advice: str
    training: str
    told: str
    said: str
    habit: str
    agency: str
    ticked: str
    not_ticked: str
    answer_no: str
    imagining: frozenset[str]

    @staticmethod
    def of(words: Lexicon) -> "Scopes":
        """Taken from the lexicon."""
        sign = words.sign_class
        return Scopes(
            no=frozenset(sign("no")),
            nots=frozenset(sign("not")),
            passes=frozenset(
                GAP
                + sign("person")
                + sign("adverb")
                + sign("toward")
                + sign("made")
                + sign("said")
                + sign("quote")
                + sign("space")
                + sign("other_sense")
                + sign("debt")
                + sign("passive")
            ),
            lists=frozenset(sign("list") + sign("together")),
            listed=frozenset(
                GAP
                + sign("list")
                + sign("hostile")
                + sign("refusing")
                + sign("third")
                + sign("told")
                + sign("complain")
                + sign("called_police")
                + sign("injury")
                + sign("privacy")
            ),
            hostile=frozenset(
                sign("hostile")
                + sign("refusing")
                + sign("complain")
                + sign("called_police")
                + sign("injury")
                + sign("privacy")
            ),
            stop=frozenset(sign("stop")),
            comma=frozenset(sign("comma")),
            space=frozenset(sign("space")),
            past=words.signs["past"],
            before_doing=words.signs["before_doing"],
            now=words.signs["now"],
            conditions=frozenset(sign("if")),
            customer=frozenset(sign("borrower") + sign("surety") + sign("family")),
            again=words.signs["again_if"],
            advice=words.signs["advise_us"],
            training=words.signs["training"],
            told=words.signs["told"],
            said=words.signs["said"],
            habit=words.signs["habit"],
            agency=words.signs["other_agency"],
            ticked=words.signs["ticked"],
            not_ticked=words.signs["not_ticked"],
            answer_no=words.signs["answer_no"],
            imagining=frozenset(
                sign("if") + sign("again_if") + sign("advise_us") + sign("training")
            ),
        )

    def not_ticked_at(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether an empty box of a form stands beside the words."""
        signs = tokens.signs
        before, after = signs[start - 1 : start], signs[end : end + 1]
        if before == self.not_ticked:
            return True
        return after == self.not_ticked and before != self.ticked

    def negated(self, tokens: Tokens, at: int, end: int) -> bool:
        """Whether a "not" governs the sign at `at`, or the answer after it is no."""
        signs = tokens.signs
        if signs[end : end + 1] == self.answer_no or self._list_denied(tokens, at, end):
            return True
        listing = False
        for index in range(at - 1, max(-1, at - 1 - _NEGATION_REACH), -1):
            sign = signs[index]
            if sign in self.no:
                return True
            if sign in self.nots:
                return at - index <= 3
            if sign in self.lists:
                listing = True
            elif listing and sign in self.hostile:
                continue
            elif sign not in self.passes:
                return False
        return False

    def _list_denied(self, tokens: Tokens, at: int, end: int) -> bool:
        """Whether the sign stands in a list that ends in "none": 报警、投诉、争吵:均无."""
        text, signs = tokens.text, tokens.signs
        listed = at > 0 and signs[at - 1] in self.lists
        while signs[end : end + 1] in self.listed:
            listed = listed or signs[end] in self.lists
            end += 1
        if not listed:
            return False
        end += signs[end : end + 1] in self.comma
        end += signs[end : end + 1] == GAP
        after = signs[end + 1 : end + 2]
        none = signs[end : end + 1] in self.no and _NONE_OF_THEM.search(text) is not None
        return (none or signs[end : end + 1] == self.answer_no) and (
            not after or after in self.stop or after in self.comma
        )

    def is_past(self, tokens: Tokens, at: int) -> bool:
        """Whether the last mark of time before the sign speaks of earlier days."""
        signs = tokens.signs
        if self.past not in signs:
            return False
        crossed = False
        for index in range(at - 1, -1, -1):
            sign = signs[index]
            if sign == self.now:
                return False
            if sign in self.stop:
                crossed = True
            elif sign == self.past:
                return not crossed or self.now in signs[at:]
        return False

    def imagined(self, tokens: Tokens, at: int, party: Party, *, threat: bool) -> Cancel | None:
        """Whether a condition, an advice or a plan governs the sign. A customer's threat stands."""
        signs = tokens.signs
        if self.imagining.isdisjoint(signs):
            return None
        told = False
        commas = 0
        for index in range(at - 1, max(-1, at - _SENTENCE_REACH), -1):
            sign = signs[index]
            if sign == self.training:
                return Cancel.OUR_ADVICE
            if sign in self.stop:
                break
            commas += sign in self.comma
            told = told or sign == self.told
            if sign == self.advice and commas == 0:
                return None if threat and party is Party.CUSTOMER else Cancel.OUR_ADVICE
            if commas <= _CONDITION_REACH and self._opens(sign, threat=threat):
                # "if the customer calls the police" is our procedure, "if you … I call" a threat.
                named = sign in self.conditions and signs[index + 1 : index + 2] in self.customer
                ours = named or (told and party is Party.US)
                return Cancel.HYPOTHETICAL if ours or not threat else None
        return None

    def _opens(self, sign: str, *, threat: bool) -> bool:
        return sign in self.conditions or (sign == self.again and not threat)

    def told_of_others(self, tokens: Tokens, at: int) -> Cancel | None:
        """Habits and rumours, and what another agency did."""
        signs = tokens.signs
        if self.agency not in signs and self.habit not in signs:
            return None
        for index in range(at - 1, max(-1, at - _SENTENCE_REACH), -1):
            sign = signs[index]
            if sign in self.stop:
                return None
            if sign == self.agency:
                return Cancel.OTHERS
            if sign == self.habit:
                return Cancel.HEARSAY
        return None
