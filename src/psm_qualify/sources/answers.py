"""Answers from interviews, kept in a file beside the list: JSON, one line an answer, only ever appended.

So a crash loses no answer, and neither do two runs at once. A later line about the same fact of the same firm counts;
one without an answer takes the earlier back. Who was asked stands in each line, so answers outlive a new export.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from psm_qualify.errors import InputError, OutputError
from psm_qualify.facts.firms import FIRM_KEYS, KINDS
from psm_qualify.facts.text import shortened
from psm_qualify.rules.pack import Pack

ENDING = ".answers.jsonl"
"""What the name of a list's answers file ends with, after the list's own name."""

MOST_LEFT = 5
"""How many firms that a list does not hold are told by name."""

Keys = tuple[str, str, str]
"""What tells which firm it is, by kind; blank where nothing is known."""


class AnswerLine(BaseModel):
    """One line of an answers file: who was asked, about which list and by which rules, what, and the answer."""

    model_config = ConfigDict(frozen=True)

    field: str
    answer: str | None  # None: an earlier one is taken back
    date: str | None = None
    id: str | None = None
    domain: str | None = None
    name: str | None = None
    row: int | None = None  # tells who it is only where nothing else does, in the very same list
    list_digest: str | None = None
    pack_digest: str | None = None

    @property
    def keys(self) -> Keys:
        """What tells which firm it is."""
        return firm_keys(self.id, self.domain, self.name)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the date that was given with it."""

    text: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerBook:
    """An answers file as it was read. `torn` are the numbers of lines that can't be read."""

    name: str
    lines: Sequence[AnswerLine]
    torn: tuple[int, ...]
    list_digest: str | None = None

    def about(self, list_path: Path) -> AnswerBook:
        """The same answers, for a list."""
        return replace(self, list_digest=digest_of(list_path))

    def usable(self, pack: Pack) -> Iterator[AnswerLine]:
        """The lines that these rules can read: a known field, and an answer that it understands, or none."""
        return (line for line in self.lines if _is_usable(line, pack))


@dataclass(frozen=True, slots=True)
class AnsweredFirms:
    """What a list's answers come to: for each record that has some, its answers by field."""

    answers: Mapping[int, Mapping[str, Answered]] = field(default_factory=dict)
    left: tuple[str, ...] = ()  # firms that the list does not hold


@dataclass(frozen=True, slots=True)
class Listed:
    """A record that may be a firm that was asked: its position, its number in its file, its keys."""

    position: int
    row: int
    keys: Keys


def answers_beside(path: Path) -> Path:
    """Where the answers about a list are kept unless told otherwise."""
    return path.parent / (path.name + ENDING)


def answers_of_new(name: str) -> Path:
    """Where the answers about a firm that stands in no list are kept unless told otherwise: in the working folder."""
    words = re.findall(r"[^\W_]+", name.lower())
    return Path("-".join(words)[:80] or "new").with_suffix(ENDING)


def digest_of(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as source:
        return "sha256:" + hashlib.file_digest(source, "sha256").hexdigest()


def firm_keys(id_: str | None, domain: str | None, name: str | None) -> Keys:
    """What tells which firm it is, made comparable."""
    given = {"id": id_, "domain": domain, "name": name}
    id_key, domain_key, name_key = (FIRM_KEYS[kind](given[kind] or "") for kind in KINDS)
    return id_key, domain_key, name_key


def read_answers(path: Path) -> AnswerBook:
    """The answers in a file, for no list yet. Raises InputError where it can't be read or holds something else."""
    try:
        raw = path.read_bytes().removeprefix(BOM_UTF8).splitlines()  # some editors put it there
    except OSError as error:
        raise InputError(f"{path}: the answers can't be read: {error.strerror or error}") from None
    lines: list[AnswerLine] = []
    torn: list[int] = []
    for number, text in enumerate(raw, 1):
        if not text.strip():
            continue
        try:
            lines.append(AnswerLine.model_validate_json(text))
        except ValidationError:
            torn.append(number)
    if torn and not lines:
        raise InputError(
            f"{path}: line {torn[0]} holds no answer, so this is no answers file. `psm-qualify ask` writes one; "
            "name another with --answers"
        )
    return AnswerBook(str(path), lines, tuple(torn))


def append_answer(path: Path, line: AnswerLine) -> None:
    """Adds a line, whole and at once, so that what others add meanwhile stays. Raises OutputError."""
    told = {key: value for key, value in line.model_dump().items() if value is not None or key == "answer"}
    text = json.dumps(told, ensure_ascii=False)
    try:
        with path.open("a+b", buffering=0) as out:
            out.seek(0, os.SEEK_END)
            torn = out.tell() > 0 and not _ends_a_line(path)
            added = ("\n" if torn else "").encode() + text.encode(errors="replace") + b"\n"
            if out.write(added) != len(added):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(out.fileno())
    except OSError as error:
        raise OutputError(f"{path}: the answer can't be kept: {error.strerror or error}") from None


def last_about(path: Path, line: AnswerLine) -> AnswerLine | None:
    """The last line about the same fact of the same firm that a file holds by now."""
    if not path.is_file():
        return None
    own = [one for one in read_answers(path).lines if one.field == line.field and one.keys == line.keys]
    return own[-1] if own else None


def join_answers(book: AnswerBook, pack: Pack, records: Iterable[Listed]) -> AnsweredFirms:
    """The answers of each record. The first of id, domain and name that both have tells whether it is the firm."""
    index: dict[tuple[int, str | int], list[Listed]] = {}
    for record in records:
        for kind, key in enumerate(record.keys):
            if key:
                index.setdefault((kind, key), []).append(record)
        index.setdefault((len(KINDS), record.row), []).append(record)
    same: dict[tuple[Keys, int | None], list[Listed]] = {}
    found: dict[int, dict[str, Answered]] = {}
    left: dict[str, None] = {}
    for line in book.lines:
        if line.field not in pack.fields:
            continue
        row = None if any(line.keys) else line.row
        if row is not None and line.list_digest != book.list_digest:
            left[f"row {row}"] = None  # a row number says nothing in another list
            continue
        if (line.keys, row) not in same:
            same[line.keys, row] = _same(line.keys, row, index)
        for record in same[line.keys, row]:
            _apply(line, found.setdefault(record.position, {}))
        if not same[line.keys, row]:
            left[line.name or line.domain or line.id or f"row {row}"] = None
    readable = {
        position: {name: answer for name, answer in own.items() if _reads(pack, name, answer.text)}
        for position, own in found.items()
    }
    return AnsweredFirms({position: own for position, own in readable.items() if own}, tuple(left))


def notes_on(used: Sequence[tuple[AnswerBook, AnsweredFirms]], pack: Pack) -> Iterator[str]:
    """What should be said about the use of one answers file for a list, or for several."""
    book = used[0][0]
    count = sum(len(own) for _, joined in used for own in joined.answers.values())
    firms = sum(len(joined.answers) for _, joined in used)
    yield f"{book.name}: {count} answer{'s' if count != 1 else ''} on {_firms(firms)} used"
    left = [name for name in used[0][1].left if all(name in joined.left for _, joined in used)]
    others = {line.list_digest for line in book.lines} - {each.list_digest for each, _ in used} - {None}
    if others:
        names = ", ".join(shortened(name, 40) for name in left[:MOST_LEFT])
        tail = f"; not found: {names}{', …' if len(left) > MOST_LEFT else ''}" if left else ""
        yield (
            f"{book.name}: holds answers given for another list, or for another state of this one; firms are found "
            f"again by id, web address or name{tail}"
        )
    if {line.pack_digest for line in book.lines} - {pack.digest, None}:
        yield f"{book.name}: holds answers given under other rules than {pack.name} {pack.version} as it is now"
    unusable = dict.fromkeys(
        f"{line.field}: {shortened(line.answer, 40)!r}"
        for line in book.lines
        if line.answer is not None and not _is_usable(line, pack)
    )
    if unusable:
        yield f"{book.name}: left alone, since these rules can't read it: {', '.join([*unusable][:MOST_LEFT])}"
    if book.torn:
        yield f"{book.name}: line {', '.join(map(str, book.torn[:MOST_LEFT]))} can't be read and is left alone"


def _is_usable(line: AnswerLine, pack: Pack) -> bool:
    return line.field in pack.fields and (line.answer is None or _reads(pack, line.field, line.answer))


def _reads(pack: Pack, field: str, text: str) -> bool:
    return pack.fields[field].reader.read(text).value is not None


def _same(keys: Keys, row: int | None, index: Mapping[tuple[int, str | int], Sequence[Listed]]) -> list[Listed]:
    """The records that are the firm."""
    if row is not None:
        return [record for record in index.get((len(KINDS), row), ()) if not any(record.keys)]
    found: dict[int, Listed] = {}
    for kind, key in enumerate(keys):
        for record in index.get((kind, key), ()) if key else ():
            shared = next(place for place in range(len(KINDS)) if keys[place] and record.keys[place])
            if keys[shared] == record.keys[shared]:
                found[record.position] = record
    return list(found.values())


def _apply(line: AnswerLine, own: dict[str, Answered]) -> None:
    if line.answer is None:
        own.pop(line.field, None)
    else:
        own[line.field] = Answered(line.answer, line.date)


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as source:
        source.seek(-1, os.SEEK_END)
        return source.read(1) == b"\n"


def _firms(count: int) -> str:
    return f"{count} firm{'s' if count != 1 else ''}"
