"""Finds the place in the rule files that a path in a pack stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from psm_qualify.errors import Place
from psm_qualify.rules.tree import Entry, Node

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in a pack: keys and positions from the top."""


class Places:
    """Answers where a path of a merged tree stands."""

    def __init__(self, root: Node) -> None:
        self.root = root

    def locate(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of a value, or of its key (also where the value has no text of its own)."""
        place = self.root.place
        for _, item in self.walk(path):
            if isinstance(item, Node):
                place = item.place
            else:
                own_text = isinstance(item.value.value, str) and item.value.value != ""
                place = item.value.place if own_text and not key else item.key
        return place

    def walk(self, path: Sequence[str | int]) -> Iterator[tuple[str | int, Entry | Node]]:
        """The steps of a path with what stands there; steps that nobody wrote (an implied `is`) are passed over."""
        node = self.root
        for step in path:
            if isinstance(step, str) and isinstance(node.value, dict) and step in node.value:
                entry = node.value[step]
                yield step, entry
                node = entry.value
            elif isinstance(step, int) and isinstance(node.value, list) and step < len(node.value):
                node = node.value[step]
                yield step, node
