"""Records that seem to be the same firm: what tells them is hashed, and sorted equal hashes lie side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from psm_qualify.engines import keys as firm_keys
from psm_qualify.engines.codes import Numbers
from psm_qualify.engines.duckdb_cells import Cells
from psm_qualify.engines.twins import MOST, Shared
from psm_qualify.facts.firms import KINDS

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

NOBODY = -1
_TOGETHER = 16  # parts of keys that are hashed by one statement


@dataclass(frozen=True)
class _Groups:
    """Groups of records: `members` are the positions of the first, then of the second; `starts` says where each begins,
    and in the end how many members there are."""

    members: Numbers
    starts: Numbers
    size: int  # of the whole list

    @cached_property
    def of(self) -> Numbers:
        """By position, the number of a record's group."""
        found = np.full(self.size, NOBODY, np.int32)
        found[self.members] = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        return found

    def first(self, positions: Numbers) -> Numbers:
        """For each record the others among the first of its group, NOBODY in the place of itself and of those that are
        not there."""
        groups = self.of[positions]
        most = min(MOST + 1, int(np.diff(self.starts).max(initial=0)))
        at = self.starts[groups][:, None] + np.arange(most)
        inside = (groups != NOBODY)[:, None] & (at < self.starts[groups + 1][:, None])
        found = self.members[np.where(inside, at, 0)]
        return np.where(inside & (found != positions[:, None]), found, NOBODY)


class Twins:
    """The groups of records that share an id, an address or a name; `columns` are their SQL names by kind."""

    def __init__(self, db: Database, cells: Cells, columns: Mapping[str, str]) -> None:
        self._db, self._cells = db, cells
        db.begin("Looking for doubles", cells.size)
        with ThreadPoolExecutor() as threads:
            # Keys that take the most time come first: the next are made while equal ones are found.
            asked = [kind for kind in reversed(KINDS) if kind in columns]
            equal = {kind: threads.submit(_equal, *self._hashes(kind, columns[kind])) for kind in asked}
            found = {kind: self._groups(kind, columns[kind], *equal[kind].result()) for kind in KINDS if kind in equal}
        self._kinds = {kind: groups for kind, groups in found.items() if len(groups.members)}
        self.repeated = int(self.repeats(np.arange(cells.size)).sum())

    def repeats(self, positions: Numbers) -> Numbers:
        """Whether records are in some group."""
        found = np.zeros(len(positions), bool)
        for groups in self._kinds.values():
            found |= groups.of[positions] != NOBODY
        return found

    def _groups(self, kind: str, column: str, members: Numbers, starts: Numbers) -> _Groups:
        if len(members):
            # On one record a group: whether the key tells anything.
            firsts = (part.column(column) for part in self._cells.pick(members[starts[:-1]], [column]))
            texts = (chunk.cast(pa.large_string()) for part in firsts for chunk in part.chunks)
            telling = np.concatenate([firm_keys.tells(kind, keys) for keys in firm_keys.of(kind, texts)])
            sizes = np.diff(starts)
            members, starts = members[np.repeat(telling, sizes)], np.cumsum([0, *sizes[telling]])
        return _Groups(members, starts, self._cells.size)

    def _hashes(self, kind: str, column: str) -> tuple[Numbers, Numbers]:
        """The keys of records, hashed, and the positions of these: the keys themselves would fill the memory."""
        hashes, valid = [np.empty(0, np.uint64)], [np.empty(0, bool)]
        parts = firm_keys.of(kind, self._cells.texts(column))
        while some := list(islice(parts, _TOGETHER)):
            keys = pa.chunked_array(some)
            self._db.hold("keys", pa.table({"key": keys}))
            hashes.append(self._db.columns("SELECT hash(key) FROM keys").column(0).to_numpy())
            valid.append(keys.is_valid().to_numpy())
        has_one = np.concatenate(valid)
        return np.concatenate(hashes)[has_one], np.flatnonzero(has_one)

    def others(self, positions: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The first others of the groups of some records, at most MOST of each: how many those of each are, all of
        them one after the other, and what tells so of each (its number in KINDS), the surest."""
        found = [np.empty((len(positions), 0), np.int64)]
        kinds = [np.empty(0, np.int64)]
        for kind, groups in self._kinds.items():
            firsts = groups.first(positions)
            for column in (column for known in found for column in known.T):  # whom a surer kind has told
                firsts[firsts == column[:, None]] = NOBODY
            found.append(firsts)
            kinds.append(np.full(firsts.shape[1], KINDS.index(kind)))
        every = np.concatenate(found, axis=1)
        told = every != NOBODY
        told &= np.cumsum(told, axis=1, dtype=np.int8) <= MOST
        return told.sum(axis=1), every[told], np.broadcast_to(np.concatenate(kinds), every.shape)[told]

    def of(self, positions: Numbers) -> dict[int, dict[int, str]]:
        """The same for some records, one by one: those that stand more than once."""
        if not self.repeated:
            return {}
        counts, others, kinds = self.others(positions)
        told = zip(others.tolist(), (KINDS[kind] for kind in kinds), strict=True)
        return {
            position: dict(islice(told, count))
            for position, count in zip(positions.tolist(), counts.tolist(), strict=True)
            if count
        }

    def groups(self) -> Collection[Shared]:
        """Every group, whole."""
        return [
            Shared(kind, members.tolist())
            for kind, groups in self._kinds.items()
            for members in np.split(groups.members, groups.starts[1:-1])
        ]


def _equal(hashes: Numbers, positions: Numbers) -> tuple[Numbers, Numbers]:
    """The positions at which hashes are equal, group by group, and where each group begins."""
    # The first bits of a hash and the number of what it is of, as one number: that is sorted many times as quickly as
    # numbers of hashes are by these, and where the first bits of no two are equal, it is all there is to do.
    low = np.uint64((1 << max(len(hashes) - 1, 1).bit_length()) - 1)
    keys = hashes & ~low | np.arange(len(hashes), dtype=np.uint64)
    keys.sort()
    numbers = keys[_alike(keys & ~low)] & low
    # Few are alike in the first bits only: put in order by all bits, which most are already.
    numbers = numbers[np.argsort(hashes[numbers], kind="stable")]
    whole = hashes[numbers]
    numbers, whole = (each[_alike(whole)] for each in (numbers, whole))
    starts = np.flatnonzero(np.concatenate([[True], whole[1:] != whole[:-1]])[: len(whole)])
    return positions[numbers], np.append(starts, len(numbers))


def _alike(ordered: Numbers) -> Numbers:
    """Whether each of some ordered numbers is equal to the one before or behind it."""
    like_next = ordered[1:] == ordered[:-1]
    found = np.zeros(len(ordered), bool)
    found[1:] = like_next
    found[:-1] |= like_next
    return found
