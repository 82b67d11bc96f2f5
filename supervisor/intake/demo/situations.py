"""What can happen at a door: outcome, talk, kind of note and flag, with how often it happens."""

from dataclasses import dataclass

from supervisor.models.enums import CausedBy, FlagCategory, FlagSource, Severity, VisitOutcome


@dataclass(frozen=True, slots=True)
class FlagKind:
    """The flag a situation raises."""

    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    source: FlagSource
    evidence: str


@dataclass(frozen=True, slots=True)
class Situation:
    """One kind of visit. `talk` is stored as it is; `closer` chooses how its notes end."""

    code: str
    outcome: VisitOutcome
    talk: str
    closer: str
    flag: FlagKind | None = None


def _customer(category: FlagCategory, severity: Severity, evidence: str) -> FlagKind:
    return FlagKind(category, severity, CausedBy.CUSTOMER, FlagSource.OUTCOME_CODE, evidence)


def _ours(severity: Severity, source: FlagSource, evidence: str) -> FlagKind:
    return FlagKind(FlagCategory.LEGAL_RISK, severity, CausedBy.OUR_SIDE, source, evidence)


_MET = VisitOutcome.MET_DEBTOR
_REFUSAL, _CONFLICT, _LEGAL = FlagCategory.REFUSAL, FlagCategory.CONFLICT, FlagCategory.LEGAL_RISK

SITUATIONS: tuple[Situation, ...] = (
    Situation("PTP", _MET, "PTP", "met"),
    Situation("PTP_FAMILY", _MET, "PTP,PTP_THIRD", "met"),
    Situation("PAID_PART", _MET, "PAID_PART", "met"),
    Situation("PAID_FULL", _MET, "PAID_FULL", "met"),
    Situation("PLAN_REQ", _MET, "PLAN_REQ,WILL_NO_ABILITY", "met"),
    Situation("REDUCE_REQ", _MET, "REDUCE_REQ", "met"),
    Situation("WILL_NO_ABILITY", _MET, "WILL_NO_ABILITY", "met"),
    Situation("ABLE_NO_WILL", _MET, "ABLE_NO_WILL", "met"),
    Situation("REFUSE_PAY", _MET, "REFUSE_PAY", "met"),
    Situation(
        "REFUSE_TALK",
        _MET,
        "REFUSE_TALK",
        "bad",
        _customer(_REFUSAL, Severity.MINOR, "本人拒绝沟通"),
    ),
    Situation("DISPUTE_AMT", _MET, "DISPUTE_AMT", "met"),
    Situation("DENY_DEBT", _MET, "DENY_DEBT", "met"),
    Situation("MISUSED", _MET, "MISUSED", "met"),
    Situation(
        "CONFLICT", _MET, "CONFLICT", "bad", _customer(_CONFLICT, Severity.MAJOR, "现场争吵、辱骂")
    ),
    Situation(
        "POLICE",
        _MET,
        "CONFLICT,POLICE",
        "bad",
        _customer(_LEGAL, Severity.CRITICAL, "现场报警,民警到场"),
    ),
    Situation(
        "COMPLAIN", _MET, "COMPLAIN", "bad", _customer(_LEGAL, Severity.MAJOR, "表示将向监管投诉")
    ),
    Situation(
        "LAWYER", _MET, "LAWYER", "met", _customer(_LEGAL, Severity.MINOR, "已委托律师,出示律师函")
    ),
    Situation("ANTI_COLLECT", _MET, "ANTI_COLLECT", "met"),
    Situation(
        "BREACH_QUIET",
        _MET,
        "WILL_NO_ABILITY",
        "met",
        _ours(Severity.MAJOR, FlagSource.RULE, "外访时间在22:00至次日8:00之间"),
    ),
    Situation(
        "BREACH_THREAT",
        _MET,
        "REFUSE_PAY,COMPLAIN",
        "bad",
        _ours(Severity.CRITICAL, FlagSource.NOTE, "疑似威胁、施压言语"),
    ),
    Situation(
        "BREACH_THIRD",
        VisitOutcome.MET_NEIGHBOR,
        "",
        "away",
        _ours(Severity.MAJOR, FlagSource.NOTE, "疑似向第三人透露欠款"),
    ),
    Situation("NO_ONE", VisitOutcome.NO_ONE, "", "away"),
    Situation("MET_SPOUSE", VisitOutcome.MET_SPOUSE, "", "away"),
    Situation("MET_FAMILY", VisitOutcome.MET_FAMILY, "", "away"),
    Situation("MET_NEIGHBOR", VisitOutcome.MET_NEIGHBOR, "", "away"),
    Situation("MET_COLLEAGUE", VisitOutcome.MET_COLLEAGUE, "", "away"),
    Situation("NO_ENTRY", VisitOutcome.NO_ENTRY, "", "away"),
    Situation(
        "DOOR_REFUSED",
        VisitOutcome.DOOR_REFUSED,
        "",
        "away",
        _customer(_REFUSAL, Severity.MINOR, "屋内有人,拒绝开门"),
    ),
    Situation("MOVED", VisitOutcome.MOVED, "", "away"),
    Situation("UNKNOWN_PERSON", VisitOutcome.UNKNOWN_PERSON, "", "away"),
    Situation("BAD_ADDRESS", VisitOutcome.BAD_ADDRESS, "", "away"),
    Situation("DEMOLISHED", VisitOutcome.DEMOLISHED, "", "away"),
    Situation("SERIOUS_ILL", VisitOutcome.SERIOUS_ILL, "", "away"),
    Situation("DECEASED", VisitOutcome.DECEASED, "", "away"),
    Situation("IN_PRISON", VisitOutcome.IN_PRISON, "", "away"),
    Situation("LOST", VisitOutcome.LOST, "", "away"),
    Situation("ABROAD", VisitOutcome.ABROAD, "", "away"),
    Situation("ABORTED", VisitOutcome.ABORTED, "", "away"),
)

NUMBER = {situation.code: index for index, situation in enumerate(SITUATIONS)}
"""Index of a situation by its code."""


def _weights(**shares: int) -> tuple[int, ...]:
    return tuple(shares.get(situation.code, 0) for situation in SITUATIONS)


MET_WEIGHTS = (
    # willing
    _weights(
        PTP=340,
        PTP_FAMILY=40,
        PAID_PART=90,
        PLAN_REQ=90,
        REDUCE_REQ=25,
        WILL_NO_ABILITY=260,
        DISPUTE_AMT=20,
        ABLE_NO_WILL=60,
        REFUSE_PAY=20,
        COMPLAIN=2,
        BREACH_QUIET=3,
        MISUSED=10,
    ),
    # poor
    _weights(
        PTP=160,
        PTP_FAMILY=25,
        PAID_PART=30,
        PLAN_REQ=170,
        REDUCE_REQ=60,
        WILL_NO_ABILITY=450,
        DISPUTE_AMT=20,
        REFUSE_PAY=40,
        REFUSE_TALK=12,
        CONFLICT=8,
        COMPLAIN=4,
        MISUSED=15,
        BREACH_QUIET=3,
        BREACH_THREAT=1,
    ),
    # evasive
    _weights(
        PTP=200,
        PLAN_REQ=40,
        REDUCE_REQ=60,
        WILL_NO_ABILITY=120,
        ABLE_NO_WILL=300,
        REFUSE_PAY=120,
        REFUSE_TALK=50,
        DISPUTE_AMT=60,
        DENY_DEBT=15,
        ANTI_COLLECT=15,
        COMPLAIN=12,
        CONFLICT=12,
        LAWYER=4,
        BREACH_QUIET=3,
    ),
    # hostile
    _weights(
        PTP=60,
        ABLE_NO_WILL=160,
        REFUSE_PAY=260,
        REFUSE_TALK=220,
        DISPUTE_AMT=70,
        CONFLICT=90,
        COMPLAIN=60,
        POLICE=10,
        LAWYER=15,
        ANTI_COLLECT=40,
        DENY_DEBT=25,
        BREACH_THREAT=4,
    ),
)
"""How talks go, by the borrower's bearing: willing, poor, evasive, hostile."""

BEARING_WEIGHTS = (36, 34, 21, 9)

AWAY_WEIGHTS = _weights(
    NO_ONE=520,
    MET_SPOUSE=50,
    MET_FAMILY=150,
    MET_NEIGHBOR=70,
    MET_COLLEAGUE=25,
    NO_ENTRY=45,
    DOOR_REFUSED=55,
    MOVED=35,
    UNKNOWN_PERSON=12,
    BAD_ADDRESS=8,
    DEMOLISHED=3,
    SERIOUS_ILL=4,
    ABORTED=10,
    LOST=8,
    BREACH_THIRD=2,
)
"""What is found when the borrower is not met."""

FAREWELL_WEIGHTS = _weights(
    NO_ONE=30, MOVED=15, LOST=25, DECEASED=6, IN_PRISON=6, ABROAD=8, SERIOUS_ILL=6, REFUSE_PAY=10
)
"""The last visit of a case that was given back."""
