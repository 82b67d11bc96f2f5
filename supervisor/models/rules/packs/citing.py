"""Where a rule stands, as findings and lists quote it."""

from supervisor.models.rows.packs import Binding, Citation, RuleHead
from supervisor.models.rules.packs.model import Pack, Rule


def citation_of(pack: Pack, rule: Rule) -> Citation:
    """The citation of a rule's leading document."""
    document = next(one for one in pack.documents if one.id == rule.document)
    return Citation(
        document=document.id,
        title_zh=document.title_zh,
        title_en=document.title_en,
        clause=rule.clause,
        binding=document.binding,
        confidence=rule.confidence,
        in_force_from=document.in_force_from,
        policy=document.binding is Binding.POLICY,
    )


def head_of(pack: Pack, rule: Rule) -> RuleHead:
    """What all findings of a version say alike."""
    return RuleHead(
        pack=pack.id,
        id=rule.id,
        version=rule.label,
        category=rule.category,
        caused_by=rule.caused_by,
        confirmed=rule.confirmed is not None,
        blocks=rule.blocks,
        citation=citation_of(pack, rule),
        follow_up=rule.follow_up,
    )
