"""Records that seem to be the same firm: the same id, the same address on the web, or the same name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from psm_qualify.facts.firms import KINDS

MOST = 5
"""How many others of a group are told."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Positions of records that have one key of a kind."""

    kind: str
    positions: Sequence[int]


def twins(shared: Iterable[Shared]) -> dict[int, dict[int, str]]:
    """For each record that stands more than once, the first others, each with the surest kind that tells so."""
    found: dict[int, dict[int, str]] = {}
    for one in sorted(shared, key=lambda one: KINDS.index(one.kind)):
        first = sorted(one.positions)[: MOST + 1]
        for position in one.positions:
            others = found.setdefault(position, {})
            for other in first:
                if other != position and len(others) < MOST:
                    others.setdefault(other, one.kind)
    return found


def to_drop(shared: Collection[Shared], unknown: Mapping[int, int]) -> dict[int, tuple[int, str]]:
    """Of each group of records that hang together, all but the one of which most is known (then: the first).

    `unknown` says how much of each record is still open. Returns the record that was kept, and the kind that ties the
    dropped one to its group.
    """
    parent: dict[int, int] = {}

    def root(position: int) -> int:
        parent.setdefault(position, position)
        while parent[position] != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    kinds: dict[int, str] = {}
    for one in sorted(shared, key=lambda one: KINDS.index(one.kind)):
        for position in one.positions:
            parent[root(position)] = root(one.positions[0])
            kinds.setdefault(position, one.kind)
    groups: dict[int, list[int]] = {}
    for position in kinds:
        groups.setdefault(root(position), []).append(position)
    dropped: dict[int, tuple[int, str]] = {}
    for members in groups.values():
        kept = min(members, key=lambda position: (unknown[position], position))
        dropped |= {position: (kept, kinds[position]) for position in members if position != kept}
    return dropped
