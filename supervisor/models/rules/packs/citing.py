"""Where a rule stands, as findings and lists quote it."""

from supervisor.models.rows.packs import Binding, Citation
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
