"""YAML text -> a tree of nodes that know where they stand.

Every scalar stays the text that was written (`no`, `1.10` and `010` mean what they look like). The tree is
built from the parser's events, without recursion, so that deep nesting and alias bombs meet a limit, not
the interpreter's stack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import yaml

from psm_qualify.errors import Finding, Place
from psm_qualify.rules import keys, signs, syntax
from psm_qualify.rules.refusal import refusal_of

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_FOUND = 100  # more nobody reads, and to look for the names that were meant takes its time
TOO_MANY = ("too-many", f"{MAX_FOUND} findings: the rest was not looked at", "mend these, then look again")
_TOO_DEEP = ("too-deep", f"nested more than {MAX_DEPTH} deep", "write it in fewer levels")

_ROUNDS = 6  # a file with more sections that can't be read has been told enough of
_OF_THE_WHOLE = ("empty-file", "not-a-mapping", "unused-anchor", "unknown-alias", "too-many")
"""What can't be said of a file of which a part was left out."""

# libyaml where it is built in (ten times as fast), else the pure parser. The two differ over a `?` in {…} and […].
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


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
    if len(text.encode(errors="replace")) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, which no rule file needs to be"
        findings.append(Finding("too-large", message, "split it into several files", Place(file, 1, 1)))
        return None
    lines = signs.LINE_BREAK.split(text)
    if (strange := signs.unreadable(text, file, lines)) is not None:
        findings.append(strange)
        return None
    root, refused = _built(text, file, lines, findings)
    rest: Sequence[str] = lines
    for _ in range(_ROUNDS):  # the other sections may hold more of the kind
        if refused is None or (refused.code, refused.place.column) == ("indentation", 1):  # the section itself
            break
        rest = signs.without_section(rest, refused.place.line - 1)
        told = list[Finding]()
        _, refused = _built("\n".join(rest), file, rest, told)
        known = {str(one.place) for one in findings}
        findings += [one for one in told if one.code not in _OF_THE_WHOLE and str(one.place) not in known]
    return root


def _built(text: str, file: str, lines: Sequence[str], findings: list[Finding]) -> tuple[Node | None, Finding | None]:
    """The tree of a text, and where YAML refused to read it."""
    try:
        return _Builder(file, lines, findings).build(text), None
    except _UnreadableError as error:
        findings.append(error.finding)
    except yaml.YAMLError as error:
        refused = _refused(error, file, lines)
        if all(str(told.place) != str(refused.place) for told in findings):
            findings.append(refused)
        return None, refused
    return None, None


class _Builder:
    """Turns parser events into nodes, holding the open collections on a stack of its own."""

    def __init__(self, file: str, lines: Sequence[str], findings: list[Finding]) -> None:
        self.file = file
        self.lines = lines
        self.findings = findings
        self.anchors: dict[str, Node] = {}
        self.root: Node | None = None
        self.stack: list[tuple[Node, list[Node], str | None]] = []
        self.nodes = 0
        self.used: set[str] = set()
        self.lost_keys: set[tuple[int, int]] = set()
        self.told_lines: set[int] = set()

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
        self._check_anchors()
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
        self._check_tag(event)
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
        self._check_tag(event)
        node = Node(event.value, self._place(event))
        smart = None if event.style else signs.SMART_QUOTED.fullmatch(event.value)
        if smart is not None:
            self.told_lines.add(node.place.line)
            self._find(*signs.smart_quotes(event.value[0]), node.place)
            node.value = smart["text"] or smart["rest"] or ""
        behind = self._line(event)[event.end_mark.column :]
        if not event.style and event.value.endswith("?") and behind.startswith(","):  # only one of the parsers minds
            message = "not readable as YAML everywhere: `?,` without quotes"
            self._find("needs-quotes", message, f'put quotes around the text: "{event.value}"', node.place)
        self._add(node, event.anchor, event)

    def _check_tag(self, event: Any) -> None:
        """A tag would be passed over, and with it the first word of a text that begins with an exclamation mark."""
        if not event.tag:
            return
        found = re.compile(r"![^\s,\[\]{}]*").search(self._line(event), event.start_mark.column)
        line, column, length = event.start_mark.line, *((found.start(), len(found[0])) if found else (0, 1))
        tag = found[0] if found else event.tag
        hint = "take it out; a text that begins with ! wants quotes around the whole of it"
        self._find("tag", f"{tag} is a YAML tag: rules have none", hint, self._span(line, column, length))

    def _check_anchors(self) -> None:
        """An anchor that nothing refers to is the first word of a text, lost."""
        for name, node in self.anchors.items():
            if name not in self.used:
                message = f"&{name} names what follows, and nothing refers to it"
                self._find("unused-anchor", message, "take it out; a text that begins with & wants quotes", node.place)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            message = f"*{event.anchor} has no anchor before it"
            self._stop("unknown-alias", message, "a text that begins with * wants quotes", event)
        self.used.add(event.anchor)
        self._add(self.anchors[event.anchor], None, event)

    def _add(self, node: Node, anchor: str | None, event: Any) -> None:
        """Puts a finished node into the collection that is open."""
        if anchor:
            self.anchors[anchor] = node
        self.nodes += node.size if isinstance(event, yaml.AliasEvent) else 1
        if self.nodes > MAX_NODES:
            self._stop(
                "too-large",
                f"more than {MAX_NODES:,} values, aliases counted",
                "write fewer repetitions (*name)" if self.used else "split it into several files",
                event,
            )
        if self.stack:
            self.stack[-1][1].append(node)
        else:
            self.root = node

    def _add_entry(self, node: Node, key: Node, value: Node) -> None:
        entries = node.mapping
        assert entries is not None
        if not isinstance(key.value, str):
            self._lose_key(key)
        elif key.value == "<<":
            self._lose(key, "merge-key", "rules take no merge key (<<)", "write out the keys that it stands for")
        elif (name := self._name(key)) in entries:
            hint = f"it stands first at line {entries[name].key.line}; remove or rename one"
            self._find("duplicate-key", f"the key {name!r} stands twice in one mapping", hint, key.place)
            if entries[name].value.value == "":  # the line alone stands twice
                entries[name] = Entry(key.place, value)
        elif (mistake := keys.mistake(name, bare := keys.is_bare(key.place, value.place, value.value))) is None:
            if value.value == "" and (remark := keys.remark(key.place)) is not None:
                self._find(*keys.EMPTY, self._span(key.place.line - 1, *remark))
            entries[name] = Entry(key.place, value)
        elif bare and (key.place.line in self.told_lines or keys.is_placeholder(key.place)):
            self.lost_keys.add((key.place.line, key.place.column))
        else:
            self._lose(key, *mistake)

    def _lose(self, key: Node, code: str, message: str, hint: str) -> None:
        """A finding after which the tree can't be trusted."""
        self._find(code, message, hint, key.place)
        self.lost_keys.add((key.place.line, key.place.column))

    def _name(self, key: Node) -> str:
        """The name that a key gives, without signs that can't be seen."""
        assert isinstance(key.value, str)
        hidden = re.search(signs.INVISIBLE, key.value)
        if hidden is None:
            return key.value
        line, column = key.place.line - 1, key.place.column - 1
        self.lost_keys.add((line + 1, column + 1))
        self.told_lines.add(line + 1)
        self._find(*signs.invisible(hidden[0]), self._span(line, max(column, self.lines[line].find(hidden[0], column))))
        return re.sub(signs.INVISIBLE, " ", key.value).strip()

    def _lose_key(self, key: Node) -> None:
        # `? [a, b]: c` is a list as a key in a mapping as a key: told once
        if (key.place.line, key.place.column) not in self.lost_keys:
            hint = "write it as `key: value`; a text with {, [ or ? wants quotes"
            self._lose(key, "key-not-text", "a key must be a plain word, not a list or mapping", hint)

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        ends = end.column if end.line == start.line else len(self._line(event))
        return self._span(start.line, start.column, ends - start.column)

    def _span(self, line: int, column: int, length: int = 1) -> Place:
        return signs.place(self.file, self.lines, line, column, length)

    def _line(self, event: Any) -> str:
        """The line in which an event begins."""
        return self.lines[event.start_mark.line] if event.start_mark.line < len(self.lines) else ""

    def _find(self, code: str, message: str, hint: str, place: Place) -> None:
        self.findings.append(Finding(code, message, hint, place))
        if len(self.findings) >= MAX_FOUND:
            raise _UnreadableError(*TOO_MANY, place)

    def _stop(self, code: str, message: str, hint: str, event: Any) -> NoReturn:
        raise _UnreadableError(code, message, hint, self._place(event))


def _refused(error: yaml.YAMLError, file: str, lines: Sequence[str]) -> Finding:
    """What the YAML parser refused, in words that a rule author can act on."""
    refusal = refusal_of(error, file, lines)
    if "nesting depth" in refusal.problem:  # newer parsers stop by themselves, before their events tell
        return refusal.tell(*_TOO_DEEP)
    return syntax.explain(refusal)
