"""Records that seem to be the same firm: those of which the marks are alike, if their keys are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from threading import Event

import numpy as np
import pyarrow as pa

from psm_qualify.engines import keys, marks
from psm_qualify.engines.codes import Coding, Numbers
from psm_qualify.engines.duckdb_cells import Cells
from psm_qualify.engines.twins import MOST, Shared
from psm_qualify.facts.firms import KINDS

NOBODY = -1


@dataclass(frozen=True)
class _Groups:
    """Groups of records: `members` are the positions of the first, then of the second; `starts` says where each begins,
    and in the end how many members there are."""

    members: Numbers
    starts: Numbers
    of: Numbers  # by position, the number of a record's group, or NOBODY

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
    """The groups of records that share an id, an address or a name; `columns` are their SQL names by kind.

    Raises CancelledError where it is given up.
    """

    def __init__(self, cells: Cells, columns: Mapping[str, str], given_up: Event | None = None) -> None:
        self._cells, self._given_up = cells, given_up
        with ThreadPoolExecutor() as threads:
            # Marks that take the most time come first: the next are made while those are compared.
            asked = [kind for kind in reversed(KINDS) if kind in columns]
            alike = {kind: threads.submit(marks.equal, self._marked(kind, columns[kind])) for kind in asked}
            found = {kind: self._groups(kind, columns[kind], np.sort(alike[kind].result()[0])) for kind in alike}
        self._kinds = {kind: found[kind] for kind in KINDS if kind in found and len(found[kind].members)}
        some = np.zeros(cells.size, bool)
        for groups in self._kinds.values():
            some[groups.members] = True
        self.repeated = int(np.count_nonzero(some))

    def repeats(self, positions: Numbers) -> Numbers:
        """Whether records are in some group."""
        found = np.zeros(len(positions), bool)
        for groups in self._kinds.values():
            found |= groups.of[positions] != NOBODY
        return found

    def _marked(self, kind: str, column: str) -> Numbers:
        """The marks of a column, see `marks.of`."""
        found, count = np.empty(self._cells.size, np.uint64), 0
        for some in marks.of(kind, self._texts(column)):
            found[count : count + len(some)] = some
            count += len(some)
        return found[:count]

    def _texts(self, column: str) -> Iterator[pa.Array]:
        for part in self._cells.texts(column):
            if self._given_up is not None and self._given_up.is_set():
                raise CancelledError
            yield part

    def _groups(self, kind: str, column: str, positions: Numbers) -> _Groups:
        """The groups among some records, told by their keys."""
        made, telling = Coding(), [np.empty(0, bool)]
        for some in keys.of(kind, self._texts_at(column, positions)):
            made.add(pa.chunked_array([some]))
            telling.append(keys.tells(kind, some))
        tell = np.flatnonzero(np.concatenate(telling))
        members, starts = marks.equal(marks.with_places(made.done().of[tell], tell))
        of = np.full(self._cells.size, NOBODY, np.int32)
        of[positions[members]] = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        return _Groups(positions[members], starts, of)

    def _texts_at(self, column: str, positions: Numbers) -> Iterator[pa.Array]:
        """The texts of some records, given in the order of the list."""
        first = 0
        for part in self._texts(column):
            here = slice(*np.searchsorted(positions, [first, first + len(part)]))
            yield part.take(pa.array(positions[here] - first))
            first += len(part)

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
