"""Merges the files of a pack, and packs laid over one another, into one tree.

Fields, scorecards and the criteria and bands of a scorecard merge by id. Within one layer an id stands once; a
later layer adds ids, and redefines one only where it says `replace: true`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.errors import Finding, did_you_mean, nearest
from psm_qualify.rules.model import says_yes
from psm_qualify.rules.tree import Entry, Node

# The mappings that merge by id, by their path; "*" stands for any id.
_BY_ID = (
    ("phrases",),
    ("fields",),
    ("scorecards",),
    ("scorecards", "*"),
    ("scorecards", "*", "criteria"),
    ("scorecards", "*", "bands"),
)
_REPLACEABLE = (
    ("fields", "*"),
    ("scorecards", "*"),
    ("scorecards", "*", "criteria", "*"),
    ("scorecards", "*", "bands", "*"),
)

OF_LAYERS_BELOW = ("nothing-to-replace", "unknown-scorecard")
"""Codes that can't be told where the layers below are not complete."""


def merge(layers: Sequence[Sequence[Node]], findings: list[Finding]) -> Node:
    """One tree from the files of each layer, in order; what can't be merged is added to `findings`."""
    merged: Node | None = None
    for layer in layers:
        whole = layer[0]
        for root in layer[1:]:
            whole = _Merger(findings, later_layer=False).merge(whole, root, ())
        merged = whole if merged is None else _lay_over(merged, whole, findings)
    assert merged is not None
    return merged


def _lay_over(below: Node, above: Node, findings: list[Finding]) -> Node:
    """A later layer over what is there. Where it replaces something, the tests below tell of a pack that is gone."""
    merger = _Merger(findings, later_layer=True)
    merged = merger.merge(below, above, ())
    if merger.replaced and merged.mapping is not None and above.mapping is not None:
        kept = {key: entry for key, entry in merged.mapping.items() if key != "tests"}
        own = {key: entry for key, entry in above.mapping.items() if key == "tests"}
        return Node({**kept, **own}, merged.place)
    return merged


class _Merger:
    """Lays one tree over another."""

    def __init__(self, findings: list[Finding], later_layer: bool) -> None:
        self.findings = findings
        self.later_layer = later_layer
        self.replaced = False

    def merge(self, below: Node, above: Node, path: tuple[str, ...]) -> Node:
        """`below` with what `above` adds. Neither is changed."""
        if path == ("tests",) and isinstance(below.value, list) and isinstance(above.value, list):
            return Node([*below.value, *above.value], below.place)
        if path == ("pack",) and self.later_layer and below.mapping is not None and above.mapping is not None:
            return Node(_header(below.mapping, above.mapping), above.place)
        if below.mapping is None or above.mapping is None or not (path == () or _is(path, _BY_ID)):
            return self._clash(below, above, path)
        entries = dict(below.mapping)
        for written, entry in above.mapping.items():
            key = self._meant(written, entry, entries) if path == ("scorecards",) else written
            here = (*path, key)
            replaces = self.later_layer and _says_replace(entry.value)
            if replaces and key not in entries:
                hint = did_you_mean(key, tuple(entries)) or "take `replace: true` out"
                self.findings.append(Finding("nothing-to-replace", f"there is no {key!r} to replace", hint, entry.key))
            if key not in entries or replaces:
                entries[key] = entry
                self.replaced = self.replaced or replaces
            elif path == () or here in _SECTIONS or _is(here, _BY_ID):
                entries[key] = Entry(entries[key].key, self.merge(entries[key].value, entry.value, here))
            else:
                self._defined_twice(entries[key], entry, here)
        return Node(entries, below.place)

    def _meant(self, name: str, entry: Entry, below: Mapping[str, Entry]) -> str:
        """The scorecard that a later layer means: one without bands can't be new, so its name may be misspelt."""
        if not self.later_layer or name in below or "bands" in (entry.value.mapping or {"bands": entry}):
            return name
        meant = nearest(name, below)
        if meant is None:
            return name
        hint = f"did you mean {meant!r}? A new scorecard has bands of its own"
        message = f"there is no scorecard {name!r} in the layers below"
        self.findings.append(Finding("unknown-scorecard", message, hint, entry.key))
        return meant

    def _clash(self, below: Node, above: Node, path: tuple[str, ...]) -> Node:
        key = path[-1] if path else "file"
        if type(below.value) is not type(above.value):
            message = f"{key} can't be merged with what stands at {below.place}: one of them is no mapping"
            self.findings.append(Finding("bad-value", message, "write both as `name: value` lines", above.place))
            return below
        self._defined_twice(Entry(below.place, below), Entry(above.place, above), (*path[:-1], key))
        return below

    def _defined_twice(self, first: Entry, second: Entry, path: tuple[str, ...]) -> None:
        hint = "remove or rename one of the two"
        if self.later_layer:
            owner = path if _is(path, _REPLACEABLE) else path[:2]
            hint = f"to put this one in place of the first, write `replace: true` in {'.'.join(owner)}"
        self.findings.append(
            Finding("defined-twice", f"{'.'.join(path)} is defined twice: first at {first.key}", hint, second.key)
        )


_SECTIONS = (("pack",), ("fields",), ("scorecards",), ("tests",))


def _is(path: tuple[str, ...], shapes: Sequence[tuple[str, ...]]) -> bool:
    return any(
        len(path) == len(shape) and all(want in ("*", got) for want, got in zip(shape, path, strict=True))
        for shape in shapes
    )


def _header(below: dict[str, Entry], above: dict[str, Entry]) -> dict[str, Entry]:
    """A later layer's `pack:` line: its keys win, its unknown_values are added."""
    header = {**below, **above}
    if "unknown_values" in below and "unknown_values" in above:
        entry = above["unknown_values"]
        values = [*_items(below["unknown_values"].value), *_items(entry.value)]
        header["unknown_values"] = Entry(entry.key, Node(values, entry.value.place))
    return header


def _items(node: Node) -> list[Node]:
    """What a list holds; a single text is a list of one."""
    return node.value if isinstance(node.value, list) else [node]


def _says_replace(node: Node) -> bool:
    entry = node.mapping.get("replace") if node.mapping is not None else None
    return entry is not None and says_yes(entry.value.value)
