"""YAML text -> a tree of nodes that know where they stand.

Every scalar stays the text that was written (`no`, `1.10` and `010` mean what they look like). The tree is
built from the parser's events, without recursion, so that deep nesting and alias bombs meet a limit, not
the interpreter's stack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from psm_qualify.errors import Finding, PackError, Place

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000


@dataclass(slots=True)
class Entry:
    """A key of a mapping and what it holds."""

    key: Place
    value: Node


@dataclass(slots=True)
class Node:
    """A scalar (text), a list, or a mapping, with its place. `size` counts the nodes below, aliases expanded."""

    value: str | list[Node] | dict[str, Entry]
    place: Place
    size: int = 1

    @property
    def mapping(self) -> dict[str, Entry] | None:
        return self.value if isinstance(self.value, dict) else None


Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(node: Node) -> Plain:
    """The tree as plain Python data, every scalar a text."""
    if isinstance(node.value, dict):
        return {key: plain(entry.value) for key, entry in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def parse(text: str, file: str) -> Node:
    """The tree of one rule file. Raises PackError with the place of what can't be read."""
    lines = text.splitlines()
    if len(text.encode()) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, which no rule file needs to be"
        raise PackError([Finding("too-large", message, "split it into several files", Place(file, 1, 1))])
    try:
        return _Builder(file, lines).build(text)
    except yaml.YAMLError as error:
        raise PackError([_syntax_finding(error, file, lines)]) from None


class _Builder:
    """Turns parser events into nodes, holding the open collections on a stack of its own."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.findings: list[Finding] = []
        self.anchors: dict[str, Node] = {}
        self.nodes = 0

    def build(self, text: str) -> Node:
        root: Node | None = None
        stack: list[tuple[Node, list[Node], str | None]] = []
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                empty: list[Node] | dict[str, Entry] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
                if len(stack) >= MAX_DEPTH:
                    self._stop("too-deep", f"nested more than {MAX_DEPTH} deep", "flatten it", event)
                stack.append((Node(empty, self._place(event)), [], event.anchor))
                continue
            if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                node, items, anchor = stack.pop()
                self._close(node, items)
            elif isinstance(event, yaml.ScalarEvent):
                node, anchor = Node(event.value, self._place(event)), event.anchor
            elif isinstance(event, yaml.AliasEvent):
                node, anchor = self._alias(event), None
            elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._stop("second-document", "a second document begins here", "one file holds one pack", event)
            else:
                continue
            if anchor:
                self.anchors[anchor] = node
            self.nodes += node.size if isinstance(event, yaml.AliasEvent) else 1
            if self.nodes > MAX_NODES:
                self._stop("too-large", f"more than {MAX_NODES:,} values, aliases counted", "write less", event)
            if stack:
                stack[-1][1].append(node)
            else:
                root = node
        if self.findings:
            raise PackError(self.findings)
        if root is None or root.value == "":
            place = Place(self.file, 1, 1, 1, self.lines[0] if self.lines else "")
            raise PackError([Finding("empty-file", "the file holds no rules", "a pack begins with `pack:`", place)])
        return root

    def _close(self, node: Node, items: list[Node]) -> None:
        node.size = 1 + sum(item.size for item in items)
        if isinstance(node.value, list):
            node.value.extend(items)
            return
        assert isinstance(node.value, dict)
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key.value, str):
                self._find(
                    "key-not-text",
                    "a key must be a plain word, not a list or mapping",
                    "write it as `key: value`; a text with {, [ or ? wants quotes",
                    key.place,
                )
            elif key.value in node.value:
                first = node.value[key.value].key
                self._find(
                    "duplicate-key",
                    f"the key {key.value!r} stands twice in one mapping",
                    f"it stands first at line {first.line}; remove or rename one",
                    key.place,
                )
            else:
                node.value[key.value] = Entry(key.place, value)

    def _alias(self, event: Any) -> Node:
        try:
            return self.anchors[event.anchor]
        except KeyError:
            self._stop(
                "unknown-alias",
                f"*{event.anchor} has no anchor before it",
                "a text that begins with * wants quotes",
                event,
            )
            raise AssertionError from None

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        text = self.lines[start.line] if start.line < len(self.lines) else ""
        length = end.column - start.column if end.line == start.line else len(text) - start.column
        return Place(self.file, start.line + 1, start.column + 1, max(1, length), text)

    def _find(self, code: str, message: str, hint: str, place: Place) -> None:
        self.findings.append(Finding(code, message, hint, place))

    def _stop(self, code: str, message: str, hint: str, event: Any) -> None:
        self._find(code, message, hint, self._place(event))
        raise PackError(self.findings)


def _syntax_finding(error: yaml.YAMLError, file: str, lines: list[str]) -> Finding:
    """What the YAML parser refused, in words that a rule author can act on."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    if line >= len(lines) > 0:
        line, column = len(lines) - 1, len(lines[-1])
    text = lines[line] if line < len(lines) else ""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).strip()
    return Finding(
        "yaml",
        f"not readable as YAML: {problem}",
        _syntax_hint(text, problem, column),
        Place(file, line + 1, column + 1, 1, text),
    )


def _syntax_hint(text: str, problem: str, column: int) -> str:
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return "the line is indented with a tab: use spaces"
    if "{" in text or "[" in text or "flow" in problem:
        return "inside {…} and […] YAML splits at commas and stumbles over `?`: put quotes around such text"
    if "found character" in problem and "cannot start" in problem:
        return "put quotes around text that begins with %, @, ` or another special character"
    if "mapping values" in problem:
        return "a text that holds `: ` wants quotes, or the indentation is off"
    if "alias" in problem or "anchor" in problem:
        return "a text that begins with & or * wants quotes"
    return "check the indentation and the quotes here and in the line above"


# libyaml where it is built in (ten times as fast), else the pure parser: both give the same events.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
