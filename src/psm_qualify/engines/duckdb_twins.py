"""Records that seem to be the same firm. DuckDB makes their keys comparable; those that are equal lie side by side
once they are sorted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from psm_qualify.compile.twins import MOST
from psm_qualify.engines import keys as firm_keys
from psm_qualify.engines.codes import Numbers
from psm_qualify.engines.duckdb_cells import Cells
from psm_qualify.engines.twins import Shared
from psm_qualify.facts.firms import KINDS

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

NOBODY = -1
_SHIFT = 32


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
        found = {kind: self._groups(kind, columns[kind]) for kind in KINDS if kind in columns}
        self._kinds = {kind: groups for kind, groups in found.items() if len(groups.members)}
        records = [groups.of != NOBODY for groups in self._kinds.values()]
        self.repeated = int(np.logical_or.reduce(records).sum()) if records else 0

    def _groups(self, kind: str, column: str) -> _Groups:
        hashes, valid = self._hashes(kind, column)
        members, starts = _equal(hashes[valid], np.flatnonzero(valid))
        if len(members):
            # On one record a group: whether the key tells anything.
            firsts = (part.column(column) for part in self._cells.pick(members[starts[:-1]], [column]))
            texts = (chunk.cast(pa.large_string()) for part in firsts for chunk in part.chunks)
            telling = np.concatenate([firm_keys.tells(kind, keys) for keys in firm_keys.of(kind, texts)])
            sizes = np.diff(starts)
            members, starts = members[np.repeat(telling, sizes)], np.cumsum([0, *sizes[telling]])
        return _Groups(members, starts, self._cells.size)

    def _hashes(self, kind: str, column: str) -> tuple[Numbers, Numbers]:
        """The key of each record hashed, and whether it has one: the keys themselves would fill the memory."""
        hashes, valid = [np.empty(0, np.uint64)], [np.empty(0, bool)]
        for keys in firm_keys.of(kind, self._cells.texts(column)):
            self._db.hold("keys", pa.table({"key": keys}))
            hashes.append(self._db.columns("SELECT hash(key) FROM keys").column(0).to_numpy())
            valid.append(keys.is_valid().to_numpy(zero_copy_only=False))
        return np.concatenate(hashes), np.concatenate(valid)

    def others(self, positions: Numbers) -> tuple[Numbers, Numbers]:
        """For each record the first others of its groups, at most MOST, then NOBODY; and what tells so of each (its
        number in KINDS), the surest."""
        found = [np.full((len(positions), MOST), NOBODY)]
        kinds: list[Numbers] = []
        for kind, groups in self._kinds.items():
            firsts = groups.first(positions)
            for known in found[1:]:  # a record that a surer kind has told
                for column in known.T:
                    firsts[firsts == column[:, None]] = NOBODY
            found.append(firsts)
            kinds.append(np.full(firsts.shape[1], KINDS.index(kind)))
        every = np.concatenate([*found[1:], found[0]], axis=1)
        tells = np.concatenate([*kinds, np.zeros(MOST, np.int64)])
        at = np.argsort(every == NOBODY, axis=1, kind="stable")[:, :MOST]
        return np.take_along_axis(every, at, axis=1), tells[at]

    def of(self, positions: Numbers) -> dict[int, dict[int, str]]:
        """The same for some records, one by one: those that stand more than once."""
        if not self.repeated:
            return {}
        others, kinds = self.others(positions)
        return {
            position: {other: KINDS[kind] for other, kind in zip(own, tells, strict=True) if other != NOBODY}
            for position, own, tells in zip(positions.tolist(), others.tolist(), kinds.tolist(), strict=True)
            if own[0] != NOBODY
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
    order = np.argsort(hashes)
    ordered = hashes[order]
    like_last = np.concatenate([[False], ordered[1:] == ordered[:-1]])[: len(order)]
    twin = like_last.copy()
    twin[:-1] |= like_last[1:]
    # Sorted by group and position at once, as one number.
    keys = np.cumsum(~like_last)[twin] << _SHIFT | positions[order[twin]]
    keys.sort()
    members = keys & ((1 << _SHIFT) - 1)
    groups = keys >> _SHIFT
    starts = np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]])[: len(groups)])
    return members, np.append(starts, len(members))
