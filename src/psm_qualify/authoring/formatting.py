"""Rule files in their canonical form: keys in the order of the language, two spaces a level, at most one blank line.

Whole lines are moved and shifted, never written anew: so every comment and the author's own wording stay. (YAML
libraries that keep comments lose those inside `[…]` and break its lines elsewhere; that was tried on the PSM pack.)
The result is read again: were it to say anything else than before, it would be refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from psm_qualify.errors import Finding, InputError, PackError
from psm_qualify.rules import model
from psm_qualify.rules.places import Path as RulePath
from psm_qualify.rules.tree import Entry, Node, parse, plain

_STEP = 2  # spaces a level
_ANY = "*"
_MODELS: Mapping[tuple[str, ...], type[model.Model]] = {
    (): model.PackModel,
    ("pack",): model.Header,
    ("fields", _ANY): model.FieldSpec,
    ("fields", _ANY, "infer", _ANY): model.Inference,
    ("scorecards", _ANY): model.Scorecard,
    ("scorecards", _ANY, "criteria", _ANY): model.Criterion,
    ("scorecards", _ANY, "criteria", _ANY, "levels", _ANY): model.Level,
    ("scorecards", _ANY, "criteria", _ANY, "advice", _ANY): model.CriterionAdvice,
    ("scorecards", _ANY, "bands", _ANY): model.Band,
    ("scorecards", _ANY, "bands", _ANY, "advice", _ANY): model.Advice,
    ("tests", _ANY): model.RuleTest,
}
"""Where the keys have an order: that of the model."""
_FIRST = ("for", "when", "topic")
"""Keys of an advice that say whom and what it concerns: they stand before what it says."""


def formatted(text: str, file: str) -> str:
    """The text of a rule file in canonical form, with the line ends that it has.

    Raises PackError where it can't be read, InputError where it can't be put into form.
    """
    root = _read(text, file)
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    moved = _Formatter(lines).whole(root)
    # Blank lines may be part of a text that keeps them (`|+`): then they stay as they are.
    for result in ("\n".join(_single_blanks(moved)).strip("\n") + "\n", "\n".join(map(str.rstrip, moved))):
        if _says_the_same(result, root) and _comments(result) == _comments("\n".join(lines)):
            return result.replace("\n", "\r\n") if "\r\n" in text else result
    raise InputError(f"{file}: it can't be put into form without changing what it says, so it stays as it is")


def _says_the_same(text: str, root: Node) -> bool:
    found: list[Finding] = []
    again = parse(text, "", found)
    return again is not None and not found and plain(again) == plain(root)


def text_of(file: Path) -> str:
    """The text of a rule file as it stands. Raises InputError where it can't be read."""
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError:
        raise InputError(f"{file}: is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror or error}") from None


def _read(text: str, file: str) -> Node:
    found: list[Finding] = []
    root = parse(text, file, found)
    if root is None or found:
        raise PackError(found)
    return root


class _Formatter:
    """Lays the lines of a file out anew. Line numbers count from 0 here, the last one of a part is left out."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def whole(self, root: Node) -> list[str]:
        """All lines of the file."""
        if not isinstance(root.value, dict) or not self._is_block(root, -1):
            return list(self.lines)
        return self._mapping(root.value, 0, len(self.lines), 0, ())

    def _mapping(self, entries: Mapping[str, Entry], start: int, stop: int, indent: int, path: RulePath) -> list[str]:
        """The entries of a block mapping, each with the comments that stand before it."""
        ordered = sorted(entries.items(), key=lambda item: item[1].key.line)
        begins = [entry.key.line - 1 for _, entry in ordered]
        column = ordered[0][1].key.column - 1
        top = lead = self._shifted(start, begins[0], indent - column)
        parts: dict[str, list[str]] = {}
        for (name, entry), begin, end in zip(ordered, begins, [*begins[1:], stop], strict=True):
            last = self._content_end(begin, end, column)
            parts[name] = [*lead, *self._entry(entry, begin, last, indent, (*path, name))]
            lead = self._shifted(last, end, indent - column)
        first = ordered[0][0]
        parts[first] = parts[first][len(top) :]  # what stands above all of them stays there
        return [*top, *(line for name in _in_order(list(parts), path) for line in parts[name]), *lead]

    def _entry(self, entry: Entry, begin: int, end: int, indent: int, path: RulePath) -> list[str]:
        value = entry.value
        head = " " * indent + self.lines[begin][entry.key.column - 1 :]
        if isinstance(value.value, dict) and self._is_block(value, begin):
            return [head, *self._mapping(value.value, begin + 1, end, indent + _STEP, path)]
        if isinstance(value.value, list) and self._is_block(value, begin):
            return [head, *self._sequence(value.value, begin + 1, end, indent + _STEP, path)]
        return [head, *self._shifted(begin + 1, end, indent - (entry.key.column - 1))]

    def _sequence(self, items: Sequence[Node], start: int, stop: int, indent: int, path: RulePath) -> list[str]:
        """The items of a block sequence."""
        begins = [item.place.line - 1 for item in items]
        column = _indent(self.lines[begins[0]])
        out = self._shifted(start, begins[0], indent - column)
        for number, (item, begin, end) in enumerate(zip(items, begins, [*begins[1:], stop], strict=True)):
            last = self._content_end(begin, end, column)
            out += self._item(item, begin, last, indent, (*path, number))
            out += self._shifted(last, end, indent - column)
        return out

    def _item(self, item: Node, begin: int, end: int, indent: int, path: RulePath) -> list[str]:
        """An item behind its dash; comments that came to stand at its beginning go above it."""
        by = indent - _indent(self.lines[begin])
        if isinstance(item.value, dict) and self._is_block(item, begin - 1):
            inner = self._mapping(item.value, begin, end, indent + _STEP, path)
        else:
            inner = [self.lines[begin].lstrip().removeprefix("-"), *self._shifted(begin + 1, end, by)]
        asides = next(place for place, line in enumerate(inner) if not _is_aside(line))
        above = [_moved(line, -_STEP) for line in inner[:asides]]
        return [*above, f"{' ' * indent}- {inner[asides].strip()}", *inner[asides + 1 :]]

    def _is_block(self, node: Node, above: int) -> bool:
        """Whether a collection stands on lines of its own below a line: then its first key or item begins one."""
        children = [entry.key for entry in node.mapping.values()] if node.mapping is not None else []
        if isinstance(node.value, list):
            children = [item.place for item in node.value]
        places = [place.line - 1 for place in children]
        if not places or min(places) <= above or len(set(places)) < len(places) or places != sorted(places):
            return False
        first = self.lines[places[0]]
        before = first[: children[0].column - 1].strip()
        opened = self.lines[node.place.line - 1][node.place.column - 1 :][:1] in ("{", "[")
        return not opened and before in ("", "-")

    def _content_end(self, begin: int, end: int, column: int) -> int:
        """Behind the last line of a part that is no blank line, and no comment that stands as far left as its key."""
        last = end
        while last > begin + 1 and _is_aside(self.lines[last - 1]):
            if self.lines[last - 1].strip() and _indent(self.lines[last - 1]) > column:
                break
            last -= 1
        return last

    def _shifted(self, start: int, stop: int, by: int) -> list[str]:
        """Lines as they stand, moved sideways."""
        return [_moved(line, by) for line in self.lines[start:stop]]


def _in_order(names: Sequence[str], path: RulePath) -> list[str]:
    """Keys in the order of the model that they belong to, where there is one."""
    for shape, kind in _MODELS.items():
        if len(shape) == len(path) and all(want in (_ANY, got) for want, got in zip(shape, path, strict=True)):
            order = [field.alias or name for name, field in kind.model_fields.items()]
            if issubclass(kind, model.Advice):
                order = [*_FIRST, *order]
            return sorted(names, key=lambda name: order.index(name) if name in order else len(order))
    return list(names)


def _single_blanks(lines: Sequence[str]) -> list[str]:
    """Lines with nothing behind their last sign, and no two blank ones in a row."""
    out: list[str] = []
    for line in lines:
        if line.strip() or (out and out[-1]):
            out.append(line.rstrip())
    return out


def _is_aside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _moved(line: str, by: int) -> str:
    if not line.strip():
        return ""
    return " " * by + line if by >= 0 else line[min(-by, _indent(line)) :]


def _comments(text: str) -> Counter[str]:
    return Counter(found[0].strip() for line in text.split("\n") if (found := re.search(r"(?:^|\s)#.*", line)))
