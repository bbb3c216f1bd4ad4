"""Which changes are one: those that only together leave a pack that works, so that every set of groups is a pack."""

from __future__ import annotations

from collections.abc import Sequence

from psm_qualify.authoring.diffing.changes import Change
from psm_qualify.authoring.diffing.shapley import each
from psm_qualify.authoring.diffing.variants import NoPackError, Variants
from psm_qualify.rules.loader import PackSource


def grouped(old: PackSource, new: PackSource, changes: Sequence[Change]) -> Variants:
    """The variants between two packs, with each change a group of its own wherever it works without the others."""
    variants = Variants(old, new, _seeds(old, new, [change for change in changes if change.scores]))
    while True:
        try:
            for number in range(len(variants.groups)):
                variants.pack(1 << number)
                variants.pack(variants.all & ~(1 << number))
        except NoPackError as found:
            variants = joined(old, new, variants, found.groups)
        else:
            return variants


def _seeds(old: PackSource, new: PackSource, changes: Sequence[Change]) -> list[list[Change]]:
    """What is new or gone together with all that names it: whoever names it has to have changed as well."""
    variants = Variants(old, new, [changes])
    whole = {change.owner: change for change in changes if change.kind != "changed"}
    groups = {id(change): [change] for change in changes}
    for change in changes:
        for path in sorted(variants.named_by(change) & whole.keys()):
            one, other = groups[id(change)], groups[id(whole[path])]
            if one is not other:
                one += other
                groups |= dict.fromkeys(map(id, other), one)
    return list({id(group): group for group in groups.values()}.values())


def joined(old: PackSource, new: PackSource, variants: Variants, groups: int) -> Variants:
    """The same with one group made of those that keep some groups from working, and of those that mend it."""
    if _works(variants, groups):  # what is wrong shows in one part only: nothing can be told apart
        return merged(old, new, variants, variants.all)
    core = groups
    for bit in each(core):
        if not _works(variants, core & ~bit):
            core &= ~bit
    mending = variants.all & ~core
    for bit in each(mending):
        if _works(variants, core | (mending & ~bit)):
            mending &= ~bit
    return merged(old, new, variants, core | mending)


def merged(old: PackSource, new: PackSource, variants: Variants, groups: int) -> Variants:
    """The same with some groups made one."""
    parts = [group for number, group in enumerate(variants.groups) if not groups >> number & 1]
    one = [change for number, group in enumerate(variants.groups) if groups >> number & 1 for change in group]
    return Variants(old, new, [*parts, one], variants.rows_move)


def _works(variants: Variants, groups: int) -> bool:
    try:
        variants.pack(groups)
    except NoPackError:
        return False
    return True
