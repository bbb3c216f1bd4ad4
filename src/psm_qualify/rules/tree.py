"""YAML text -> a tree of nodes that know where they stand.

Every scalar stays the text that was written (`no`, `1.10` and `010` mean what they look like). The tree is
built from the parser's events, without recursion, so that deep nesting and alias bombs meet a limit, not
the interpreter's stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import yaml

from psm_qualify.errors import Finding, Place

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000
_TOO_DEEP = ("too-deep", f"nested more than {MAX_DEPTH} deep", "flatten it")

# libyaml where it is built in (ten times as fast), else the pure parser. The two differ over a `?` in {…} and […].
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_QUOTES = "put quotes around such text: inside {…} and […] YAML splits at commas and stumbles over `?`"


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


class _UnreadableError(Exception):
    """What keeps a whole file from being read."""

    def __init__(self, code: str, message: str, hint: str, place: Place) -> None:
        self.finding = Finding(code, message, hint, place)


def parse(text: str, file: str, findings: list[Finding]) -> Node | None:
    """The tree of one rule file, always a mapping. None if it can't be read. What is wrong is added to `findings`."""
    text = text.removeprefix("\ufeff")
    lines = _LINE_BREAK.split(text)
    try:
        _check_text(text, file, lines)
        return _Builder(file, lines, findings).build(text)
    except _UnreadableError as error:
        findings.append(error.finding)
    except yaml.YAMLError as error:
        findings.append(_syntax_finding(error, file, lines))
    return None


def _check_text(text: str, file: str, lines: list[str]) -> None:
    if (control := _CONTROL.search(text)) is not None:
        before = _LINE_BREAK.split(text[: control.start()])
        place = Place(file, len(before), len(before[-1]) + 1, 1, lines[len(before) - 1])
        message = f"not readable as YAML: a control character, U+{ord(control.group()):04X}, stands here"
        raise _UnreadableError("yaml", message, "delete it, or type the text around it anew", place)
    if len(text.encode()) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, which no rule file needs to be"
        raise _UnreadableError("too-large", message, "split it into several files", Place(file, 1, 1))


class _Builder:
    """Turns parser events into nodes, holding the open collections on a stack of its own."""

    def __init__(self, file: str, lines: list[str], findings: list[Finding]) -> None:
        self.file = file
        self.lines = lines
        self.findings = findings
        self.anchors: dict[str, Node] = {}
        self.root: Node | None = None
        self.stack: list[tuple[Node, list[Node], str | None]] = []
        self.nodes = 0
        self.lost_keys: list[Place] = []

    def build(self, text: str) -> Node | None:
        """The tree. None where a key was lost, since anything may have stood below it."""
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._open(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._close(event)
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self._stop("second-document", "a second document begins here", "one file holds one pack", event)
        return None if self.lost_keys else self._checked_root()

    def _checked_root(self) -> Node:
        if self.root is None or self.root.value == "":
            place = Place(self.file, 1, 1, 1, self.lines[0])
            raise _UnreadableError("empty-file", "the file holds no rules", "a pack begins with `pack:`", place)
        if self.root.mapping is None:
            raise _UnreadableError(
                "not-a-mapping",
                "a rule file is a mapping with pack, fields, scorecards, tests",
                "begin a line with one of these, followed by a colon",
                self.root.place,
            )
        return self.root

    def _open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._stop(*_TOO_DEEP, event)
        empty: list[Node] | dict[str, Entry] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self.stack.append((Node(empty, self._place(event)), [], event.anchor))

    def _close(self, event: Any) -> None:
        node, items, anchor = self.stack.pop()
        node.size = 1 + sum(item.size for item in items)
        if isinstance(node.value, list):
            node.value.extend(items)
        else:
            for key, value in zip(items[::2], items[1::2], strict=True):
                self._add_entry(node, key, value)
        self._add(node, anchor, event)

    def _scalar(self, event: Any) -> None:
        node = Node(event.value, self._place(event))
        behind = node.place.text[event.end_mark.column :]
        if not event.style and event.value.endswith("?") and behind.startswith(","):  # only one of the parsers minds
            self._find("yaml", "not readable as YAML everywhere: `?,` without quotes", _QUOTES, node.place)
        self._add(node, event.anchor, event)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            message = f"*{event.anchor} has no anchor before it"
            self._stop("unknown-alias", message, "a text that begins with * wants quotes", event)
        self._add(self.anchors[event.anchor], None, event)

    def _add(self, node: Node, anchor: str | None, event: Any) -> None:
        """Puts a finished node into the collection that is open."""
        if anchor:
            self.anchors[anchor] = node
        self.nodes += node.size if isinstance(event, yaml.AliasEvent) else 1
        if self.nodes > MAX_NODES:
            self._stop("too-large", f"more than {MAX_NODES:,} values, aliases counted", "write less", event)
        if self.stack:
            self.stack[-1][1].append(node)
        else:
            self.root = node

    def _add_entry(self, node: Node, key: Node, value: Node) -> None:
        entries = node.mapping
        assert entries is not None
        if not isinstance(key.value, str):
            self._lose_key(key)
        elif key.value in entries:
            self._find(
                "duplicate-key",
                f"the key {key.value!r} stands twice in one mapping",
                f"it stands first at line {entries[key.value].key.line}; remove or rename one",
                key.place,
            )
        elif _has_no_colon(key.place, value):
            message = f"{key.value!r} is neither a key nor part of the text before it: YAML splits {{…}} at commas"
            self._find("split-text", message, "put quotes around the whole text", key.place)
        else:
            entries[key.value] = Entry(key.place, value)

    def _lose_key(self, key: Node) -> None:
        place = key.place
        # `? [a, b]: c` is a list as a key in a mapping as a key: told once
        if not any((lost.line, lost.column) == (place.line, place.column) for lost in self.lost_keys):
            self._find(
                "key-not-text",
                "a key must be a plain word, not a list or mapping",
                "write it as `key: value`; a text with {, [ or ? wants quotes",
                place,
            )
        self.lost_keys.append(place)

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        text = self.lines[start.line] if start.line < len(self.lines) else ""
        length = end.column - start.column if end.line == start.line else len(text) - start.column
        return Place(self.file, start.line + 1, start.column + 1, max(1, length), text)

    def _find(self, code: str, message: str, hint: str, place: Place) -> None:
        self.findings.append(Finding(code, message, hint, place))

    def _stop(self, code: str, message: str, hint: str, event: Any) -> NoReturn:
        raise _UnreadableError(code, message, hint, self._place(event))


def _has_no_colon(key: Place, value: Node) -> bool:
    """Whether the value of a key is nothing and stands right behind it, as for `but now` in `{ask: first, but now}`."""
    place = value.place
    return value.value == "" and (place.line, place.column) == (key.line, key.column + key.length)


def _syntax_finding(error: yaml.YAMLError, file: str, lines: list[str]) -> Finding:
    """What the YAML parser refused, in words that a rule author can act on."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).strip()
    place = Place(file, line + 1, column + 1, 1, lines[line])
    if "nesting depth" in problem:  # newer parsers stop by themselves, before their events tell
        return Finding(*_TOO_DEEP, place)
    return Finding("yaml", f"not readable as YAML: {problem}", _syntax_hint(lines[line], problem), place)


def _syntax_hint(text: str, problem: str) -> str:
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return "the line is indented with a tab: use spaces"
    if "{" in text or "[" in text or "flow" in problem:
        return _QUOTES
    if "found character" in problem and "cannot start" in problem:
        return "put quotes around text that begins with %, @, ` or another special character"
    if "mapping values" in problem:
        return "a text that holds `: ` wants quotes, or the indentation is off"
    if "alias" in problem or "anchor" in problem:
        return "a text that begins with & or * wants quotes"
    return "check the indentation and the quotes here and in the line above"
