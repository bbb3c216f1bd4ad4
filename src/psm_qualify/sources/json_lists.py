"""JSON: an array of records, a document with one list of them, or a record to a line. Nested ones are flattened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from psm_qualify.errors import InputError, UsageError, did_you_mean
from psm_qualify.facts.text import shortened
from psm_qualify.progress import Progress, counted
from psm_qualify.sources.copies import write_copy
from psm_qualify.sources.encoding import Content, chunks_of, detect, text_of
from psm_qualify.sources.json_cells import Json, Pairs, cells_of
from psm_qualify.sources.table import Origin, Record, Rejected, Scan, Table, Wanted


def _object(pairs: list[tuple[str, Json]]) -> Pairs:
    return tuple(pairs)  # a function of Python's own, and not `tuple`: between two of its steps Ctrl-C is heard


_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_object)
_LOOKED_AT = 1_000  # records, the first of a list, whose keys are gathered before it is copied


class _Item(NamedTuple):
    """An element of a list of records: where it begins, its value, or its text and what is wrong with it."""

    line: int
    value: Json = None
    text: str = ""
    fault: str = ""


_Items: TypeAlias = Callable[[], Iterator[_Item]]


def begins_json(head: bytes) -> bool:
    """Whether a file that begins so is JSON, and not a text whose first header has a bracket."""
    text = "".join(head[:4096].decode(detect(head[:4096]), errors="replace").lstrip("\ufeff").split())
    return text.startswith(("[{", "[]", '{"', "{}", "[["))


def open_json(content: Content, shown: str, wanted: Wanted) -> Table:
    """The table in a JSON file, copied. Raises InputError, UsageError."""
    text = text_of(content, shown, wanted)
    if _is_lines(text.path):
        name, part = "jsonl", ""
        items: _Items = partial(_lines, text.path)
        lines: int | None = sum(chunk.count(b"\n") for chunk in chunks_of(text.path, shown, wanted))
        if wanted.records is not None:
            raise UsageError(f"--records {wanted.records}: {shown} has a record on each line, and no list to choose")
    else:
        name, lines = "json", None
        part, items = _list_in(text.path, shown, wanted)
    scan, headers, rejected = _copy(items, shown, wanted, lines)
    if not headers:
        first = next((item.fault for item in items() if item.fault), "it holds no record")
        raise InputError(f"{shown}: no record can be read: {first}")
    origin = Origin(name, text.encoding, part or None, 0)
    return Table(shown, scan, headers, origin, tuple(rejected), notes=text.notes)


def _copy(items: _Items, shown: str, wanted: Wanted, count: int | None) -> tuple[Scan, tuple[str, ...], list[Rejected]]:
    """A copy of the sound records, its headers, and what was refused.

    In most lists the first records have all the keys. Where more turn up later, the copy is made once more.
    """
    headers = tuple(dict.fromkeys(key for item in islice(items(), _LOOKED_AT) for key in _keys(item)))
    while True:
        late: dict[str, None] = {}
        rejected: list[Rejected] = []
        read = counted(items(), wanted.listener, Progress(f"Reading {shown}", total=count))
        scan = write_copy(_records(read, headers, shown, rejected, late), headers, wanted)
        if not late:
            return scan, headers, rejected
        scan.path.unlink()
        headers = (*headers, *late)


def _keys(item: _Item) -> Iterable[str]:
    return () if item.fault else cells_of(item.value)


def _records(
    items: Iterable[_Item],
    headers: tuple[str, ...],
    shown: str,
    rejected: list[Rejected],
    late: dict[str, None],
) -> Iterator[Record]:
    """The sound records, as wide as the headers; `late` takes the keys that are not among those."""
    row, known = 0, frozenset(headers)
    for item in items:
        if item.fault:
            row += 1
            rejected.append(Rejected(shown, row, item.line, item.fault, item.text))
            continue
        cells = cells_of(item.value)
        if not known.issuperset(cells):
            late.update(dict.fromkeys(key for key in cells if key not in known))
        if any(map(str.strip, cells.values())):  # else it is a blank line
            row += 1
            yield Record(row, item.line, [cells.get(header, "") for header in headers])


# -- a record to a line ------------------------------------------------------------------------------------------


def _is_lines(path: Path) -> bool:
    """Whether the first line that is not blank holds a whole object: one record of several, or of one."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        first = next((line for line in lines if line.strip()), "")
        try:
            value = _DECODER.decode(first)
        except (ValueError, RecursionError):
            # The first of many lines may be damaged; a document goes on with what begins in it.
            return first.strip()[-1:] == "}" and any(line.lstrip().startswith("{") for line in lines)
        more = any(line.strip() for line in lines)
    return isinstance(value, tuple) and (more or not _lists(value))


def _lines(path: Path) -> Iterator[_Item]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _item(line.strip(), number)


def _item(text: str, line: int) -> _Item:
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        return _Item(line, text=text, fault=f"is not JSON: {_reason(error)}")
    return _checked(value, line, text)


def _checked(value: Json, line: int, text: str) -> _Item:
    if isinstance(value, tuple):
        return _Item(line, value)
    return _Item(line, text=text, fault=f"{shortened(text, 30)} is no record: an object with names is needed")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


# -- one document ------------------------------------------------------------------------------------------------


def _list_in(path: Path, shown: str, wanted: Wanted) -> tuple[str, _Items]:
    """The path of the list of records in a document, and its items."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if text.lstrip().startswith("["):
        if wanted.records is not None:
            raise UsageError(f"--records {wanted.records}: {shown} is one list, and there is none to choose")
        return "", partial(_elements, text, text.index("[") + 1)
    try:
        document, _ = _DECODER.raw_decode(text.lstrip())
    except json.JSONDecodeError as error:
        line = text[: len(text) - len(text.lstrip())].count("\n") + error.lineno
        raise InputError(f"{shown}: line {line} is not JSON: {error.msg}; get the file once more") from None
    except RecursionError:
        raise InputError(f"{shown}: the JSON is nested too deeply to be a list") from None
    found = dict(_lists(document))
    chosen = _chosen(found, shown, wanted)
    if chosen is None:
        return "", lambda: iter((_Item(1, document),))
    items = found[chosen]
    # The line of each element is known only where the list is read once more from the text.
    start = _start_of(text, chosen)
    return chosen, partial(_elements, text, start) if start else lambda: iter([_checked(v, 1, "") for v in items])


def _chosen(found: dict[str, list[Json]], shown: str, wanted: Wanted) -> str | None:
    names = ", ".join(found) or "none"
    if wanted.records is not None:
        if wanted.records not in found:
            hint = did_you_mean(wanted.records, tuple(found))
            raise UsageError(f"--records {wanted.records}: {shown} has no such list of records; {hint or names}")
        return wanted.records
    if len(found) > 1:
        raise InputError(f"{shown}: several lists of records stand in it ({names}): say which, with --records PATH")
    return next(iter(found), None)


def _lists(value: Json, prefix: str = "") -> Iterator[tuple[str, list[Json]]]:
    """The lists of objects in nested objects, by their path. Lists within records belong to those."""
    if isinstance(value, tuple):
        for key, inner in value:
            path = f"{prefix}.{key}" if prefix else key
            if isinstance(inner, list) and inner and all(isinstance(item, tuple) for item in inner):
                yield path, inner
            else:
                yield from _lists(inner, path)


def _start_of(text: str, path: str) -> int | None:
    """Where the elements of the list at a path begin in the text."""
    return _walk(text, text.index("{"), "", path)


def _walk(text: str, at: int, prefix: str, wanted: str) -> int | None:
    """Goes through the keys of the object that begins at `at`, into the one that leads to the list."""
    at = _skip(text, at + 1)
    while text[at] == '"':
        key, at = json.decoder.scanstring(text, at + 1)  # type: ignore[attr-defined]
        path = f"{prefix}.{key}" if prefix else key
        at = _skip(text, _skip(text, at) + 1)
        if path == wanted and text[at] == "[":
            return at + 1
        if wanted.startswith(path + ".") and text[at] == "{":
            found = _walk(text, at, path, wanted)
            if found is not None:
                return found
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] != ",":
            return None
        at = _skip(text, at + 1)
    return None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _elements(text: str, at: int) -> Iterator[_Item]:
    """The elements of an array, `at` being behind its bracket. Where one is damaged, the rest can't be found."""
    line, seen = 1, 0
    at = _skip(text, at)
    while at < len(text) and text[at] != "]":
        line += text.count("\n", seen, at)
        seen = at
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else _reason(error)
            yield _Item(line, text=text[at:], fault=f"the JSON is damaged from here on: {reason}")
            return
        yield _checked(value, line, text[at:end])
        at = _skip(text, end)
        if text[at : at + 1] not in (",", "]"):
            line += text.count("\n", seen, at)
            rest = text[at:]
            yield _Item(line, text=rest, fault="the JSON is damaged from here on: the list does not end")
            return
        if text[at] == ",":
            at = _skip(text, at + 1)
    # an array that is cut off behind a comma has lost nothing that could be named
