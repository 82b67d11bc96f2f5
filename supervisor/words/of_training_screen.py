"""Texts of the training view: rates with n and interval, agreement, effects, questions."""

from supervisor.i18n import ntr, tr
from supervisor.models.enums_training import Scale
from supervisor.models.rows.agreement import LEAST_PAIRS, AgreementRow, AppealCounts
from supervisor.models.rows.effects import (
    LEAST_FOR_A_RATE,
    Difference,
    NoticeEffect,
    Rate,
    TrainingEffect,
)
from supervisor.models.rows.plausibility import VisitQuestionRow
from supervisor.models.rows.quality import Tally
from supervisor.words import formats, sentence, word


def rate_text(rate: Rate) -> str:
    """Counts always; a percentage with its interval from n = 20 on."""
    if rate.few or rate.low is None or rate.high is None:
        return tr("{k} of {n}; no rate below n = {least}", k=rate.hits, n=rate.of,
                  least=LEAST_FOR_A_RATE)  # fmt: skip
    return tr(
        "{k} of {n} · {rate} (95% interval {low}–{high})",
        k=rate.hits,
        n=rate.of,
        rate=formats.rate(rate.share),
        low=format(rate.low * 100, ".1f"),
        high=formats.rate(rate.high),
    )


def difference_text(found: Difference | None) -> str:
    """A difference of two rates in percentage points, and whether it can be told from nought."""
    if found is None:
        return tr("Too few to compare; at least {n} each.", n=LEAST_FOR_A_RATE)
    said = tr(
        "Difference {value} percentage points (95% interval {low} to {high}).",
        value=_points(found.value),
        low=_points(found.low),
        high=_points(found.high),
    )
    return said if found.is_clear else tr("{said} Not distinguishable.", said=said)


def _points(share: float) -> str:
    return f"{share * 100:+.1f}".replace("-", "−")


def agreement_text(row: AgreementRow) -> str:
    """How many pairs are equal, kappa with its interval, and whether that rests on few."""
    if not row.n:
        return tr("{scale}: no pair of blind reviews in the period.", scale=word(row.scale))
    parts = [tr("Equal {k} of {n}", k=row.agreed, n=row.n)]
    if row.kappa is None or row.low is None or row.high is None:
        parts.append(tr("κ: nothing was told apart"))
    elif row.agreed == row.n:
        # Its standard error is nought then, whatever n is: no interval to speak of.
        parts.append(tr("κ = 1.00, no interval while every pair is equal"))
    else:
        parts.append(tr("κ = {kappa} (95% interval {low} to {high})", kappa=_two(row.kappa),
                        low=_two(row.low), high=_two(row.high)))  # fmt: skip
    if row.few:
        parts.append(tr("small sample, below n = {least}", least=LEAST_PAIRS))
    if row.not_blind:
        parts.append(ntr("{n} pair not blind, left out", "{n} pairs not blind, left out",
                         row.not_blind))  # fmt: skip
    return " · ".join(parts)


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def scale_text(scale: Scale) -> str:
    """What the judgements of a scale are about."""
    return word(scale)


def agreement_definition() -> str:
    """What kappa is, and what it is made of."""
    return tr(
        "Pairs of judgements of one round, neither reviewer seeing the other's. κ (Cohen 1960) is "
        "agreement beyond chance; interval by Fleiss, Cohen and Everitt 1969."
    )


def appeals_text(found: AppealCounts) -> str:
    """Appeals of the period and what became of them."""
    return tr(
        "Appeals {n}: granted {granted}, rejected {rejected}, waiting {waiting}",
        n=found.recorded,
        granted=found.granted,
        rejected=found.rejected,
        waiting=found.waiting,
    )


def notice_definition(found: NoticeEffect) -> str:
    """What is compared, how much is not known, and what the difference is not."""
    return tr(
        "Completed visits. Met: the customer in person. Refusal: a flag of refusal stands. Notice "
        "not known: {unknown}. Cases differ; a difference is not the effect of notice alone.",
        unknown=rate_text(found.unknown),
    )


def training_definition(found: TrainingEffect) -> str:
    """What is compared, over which days, and how many have been watched to the end."""
    return tr(
        "Visits with a standing flag of the course's themes, {days} days before and after the "
        "course; visits of two count for both. {watched} of {people} people watched to the end. "
        "Not the effect of the course alone.",
        days=found.window_days,
        watched=found.watched,
        people=found.people,
    )


def tally_text(found: Tally) -> str:
    """How items were answered; what did not arise is apart."""
    share = formats.rate(found.share) if found.of >= LEAST_FOR_A_RATE else formats.MISSING
    return tr(
        "{share} · yes {yes}, partly {partly}, no {no}, n = {n}; did not arise {rest}",
        share=share,
        yes=found.yes,
        partly=found.partly,
        no=found.no,
        n=found.of,
        rest=found.not_applicable,
    )


def question_text(row: VisitQuestionRow) -> str:
    """The question with its evidence."""
    return sentence(f"question_{row.kind.value}", row.facts)
