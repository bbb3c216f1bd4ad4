"""Short lists, judged prospect by prospect: the work takes less time than starting a database would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from psm_qualify.assess import Evidence, criterion_points, read_facts, verdict_of
from psm_qualify.engines.base import (
    FIRST_PLACES,
    MOST_LEFT,
    At,
    Dropped,
    IrregularError,
    OddText,
    Ranked,
    RankedCells,
    Scored,
    Task,
    Twin,
    said,
)
from psm_qualify.engines.twins import Shared, to_drop, twins
from psm_qualify.facts.decimals import writes_commas
from psm_qualify.facts.firms import FIRM_KEYS, KINDS, domain_key, name_key
from psm_qualify.results import JoinedContacts
from psm_qualify.rules.pack import Criterion
from psm_qualify.rules.scoring import VERDICTS, Points, band_at, band_of, rank_key, score_of, totals
from psm_qualify.selection import Filter
from psm_qualify.sources.answers import Answered, AnsweredFirms, Listed, firm_keys, join_answers
from psm_qualify.sources.contacts import Found, join
from psm_qualify.sources.delimited import records
from psm_qualify.sources.encoding import HEAD
from psm_qualify.sources.mapping import Mapped
from psm_qualify.sources.table import Record


@dataclass(frozen=True, slots=True)
class _Row:
    """A record of some table, by field."""

    at: At
    cells: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A record with its verdict (an index into VERDICTS) and (earned, least, most) points by scorecard."""

    position: int
    verdict: int
    provisional: bool
    totals: Mapping[str, tuple[int, int, int]]
    odd: Mapping[str, str]


class DirectEngine:
    """An engine that holds the whole list in memory."""

    def score(self, task: Task) -> Scored:
        """See `Engine.score`."""
        self._task, self._pack = task, task.pack
        self._rows = [row for number, mapped in enumerate(task.tables) for row in self._records(number, mapped)]
        self._commas = tuple(self._comma_fields(number) for number in range(len(task.tables)))
        self._joined = self._join()
        self._answered = self._join_answers()
        self._settled = {
            criterion: criterion_points(criterion, self._pack.assumed)
            for criterion in self._pack.criteria
            if set(task.fields).isdisjoint(criterion.fields)
        }
        judged = [self._judge(position, row) for position, row in enumerate(self._rows)]
        shared = self._shared()
        self._twins = twins(shared)
        dropped = to_drop(shared, {one.position: self._open(one) for one in judged}) if task.dedupe else {}
        self._judged = [one for one in judged if one.position not in dropped]
        accepted = Counter(self._rows[one.position].at.table for one in self._judged)
        verdicts = Counter(one.verdict for one in self._judged)
        return Scored(
            tuple(accepted[number] for number in range(len(task.tables))),
            {word: verdicts[index] for index, word in enumerate(VERDICTS)},
            self._odd(),
            self._commas,
            None if self._joined is None else self._told(self._joined),
            len(self._twins),
            tuple(self._dropped(position, *kept) for position, kept in sorted(dropped.items())),
            self._answered,
        )

    def choose(self, chosen: Filter) -> int:
        """See `Engine.choose`."""
        # Stable: the order of the input breaks ties.
        ordered = sorted(self._judged, key=lambda one: rank_key(self._pack, VERDICTS[one.verdict], one.totals))
        ranked = enumerate(ordered, 1)
        kept = [(rank, one) for rank, one in ranked if self._keeps(chosen, one) and _ranks(chosen, rank)]
        if chosen.calls:
            kept.sort(key=lambda one: self._turn(one[1]))
        self._chosen = kept[: chosen.top]
        return len(self._chosen)

    def cells(self) -> Iterator[RankedCells]:
        """See `Engine.cells`."""
        for rank, judged in self._chosen:
            row = self._rows[judged.position]
            found = self._twins.get(judged.position, {})
            twins = tuple(Twin(self._rows[other].at, kind) for other, kind in found.items())
            yield RankedCells(
                rank, row.at, row.cells, self._titles(judged.position), twins, self._answers(judged.position)
            )

    def who(self) -> Iterator[Ranked]:
        """See `Engine.who`."""
        for rank, judged in self._chosen:
            row = self._rows[judged.position]
            id_, name = said(row.cells.get("id")), said(row.cells.get("name"))
            totals = judged.totals[self._pack.primary.id]
            yield Ranked(rank, row.at, id_, name, VERDICTS[judged.verdict], totals)

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """See `Engine.standings`."""
        return list(Counter(rank_key(self._pack, VERDICTS[one.verdict], one.totals) for one in self._judged).items())

    def close(self) -> None:
        """See `Engine.close`: nothing is held outside this object."""

    # -- reading and judging -----------------------------------------------------------------------------------

    def _records(self, number: int, mapped: Mapped) -> Iterator[_Row]:
        """The records of a table. One that has to reject some is read into a regular copy first."""
        scan = mapped.table.scan
        if not scan.placed and scan.path.stat().st_size > HEAD:
            raise IrregularError([number])  # whether all of it is UTF-8 is only known record by record
        found = records(mapped.table, self._task.wanted)
        for record in found:
            yield _Row(At(number, record.row, record.line), self._cells(record, mapped))
        if found.rejected:
            raise IrregularError([number])

    def _cells(self, record: Record, mapped: Mapped) -> dict[str, str | None]:
        texts: Sequence[str] = record.cells
        return {field: texts[index] or None for field, index in mapped.columns.items()}

    def _comma_fields(self, number: int) -> frozenset[str]:
        """The numeric fields of a table whose cells write a decimal comma."""
        numeric = [field for field in self._task.tables[number].columns if field in self._pack.numeric]
        if self._task.decimal is not None:
            return frozenset(numeric if self._task.decimal == "comma" else ())
        rows = [row.cells for row in self._rows if row.at.table == number]
        return frozenset(field for field in numeric if writes_commas(cells[field] or "" for cells in rows))

    def _judge(self, position: int, row: _Row) -> _Judged:
        given = Evidence(
            row.cells, self._titles(position), self._commas[row.at.table], self._task.infer, self._answers(position)
        )
        facts = read_facts(self._pack, given)
        won = {
            criterion: self._settled.get(criterion) or criterion_points(criterion, facts.values)
            for criterion in self._pack.criteria
        }
        verdict = VERDICTS.index(verdict_of(self._pack, facts.values))
        provisional = bool(facts.assumed) and VERDICTS.index(verdict_of(self._pack, facts.firm)) != verdict
        return _Judged(position, verdict, provisional, self._totals(won), facts.odd)

    def _totals(self, won: Mapping[Criterion, Points]) -> dict[str, tuple[int, int, int]]:
        return {
            card.id: totals([won[criterion] for criterion in card.criteria]) for card in self._pack.scorecards.values()
        }

    def _odd(self) -> tuple[OddText, ...]:
        found: dict[tuple[str, str], list[At]] = {}
        for judged in self._judged:
            for field, text in judged.odd.items():
                found.setdefault((field, text), []).append(self._rows[judged.position].at)
        order = list(self._pack.fields)
        # Sorting is stable, so texts of the same count stay in the order of their first rows.
        ordered = sorted(found.items(), key=lambda item: (order.index(item[0][0]), -len(item[1])))
        return tuple(
            OddText(field, text, len(places), tuple(places[:FIRST_PLACES])) for (field, text), places in ordered
        )

    def _turn(self, judged: _Judged) -> int:
        """When a prospect is called: with an open verdict first, then with one that rests on assumptions, then with an
        open band."""
        if VERDICTS[judged.verdict] == "needs_info":
            return 0
        if judged.provisional:
            return 1
        card = self._pack.primary
        _, least, most = totals = judged.totals[card.id]
        band = band_at(card, *totals)
        ends = {band_of(card, score_of(card, total)).id for total in (least, most)}
        return 3 if ends == {band} else 2

    def _keeps(self, chosen: Filter, judged: _Judged) -> bool:
        if chosen.calls and VERDICTS[judged.verdict] == "disqualified" and not judged.provisional:
            return False
        if chosen.verdicts and VERDICTS[judged.verdict] not in chosen.verdicts:
            return False
        for name, bands in chosen.bands.items():
            if band_at(self._pack.scorecards[name], *judged.totals[name]) not in bands:
                return False
        primary = self._pack.primary
        earned = judged.totals[primary.id][0]
        return chosen.min_score is None or score_of(primary, earned) >= chosen.min_score

    # -- which firm it is --------------------------------------------------------------------------------------

    def _shared(self) -> list[Shared]:
        """The records that have an id, an address or a name in common."""
        found: dict[tuple[str, str], list[int]] = {}
        for position, row in enumerate(self._rows):
            for kind, key_of in FIRM_KEYS.items():
                if key := key_of(row.cells.get(kind) or ""):
                    found.setdefault((kind, key), []).append(position)
        return [Shared(kind, positions) for (kind, _), positions in found.items() if len(positions) > 1]

    def _open(self, judged: _Judged) -> int:
        """How many points of the primary scorecard are still open."""
        _, least, most = judged.totals[self._pack.primary.id]
        return most - least

    def _dropped(self, position: int, kept: int, kind: str) -> Dropped:
        row = self._rows[position]
        text = " | ".join(text for text in row.cells.values() if text)
        return Dropped(row.at, Twin(self._rows[kept].at, kind), text)

    def _join(self) -> Found | None:
        if self._task.contacts is None or not self._task.infer:
            return None
        keys = (
            (position, domain_key(row.cells.get("domain") or ""), name_key(row.cells.get("name") or ""))
            for position, row in enumerate(self._rows)
        )
        return join(self._task.contacts.people(self._task.wanted), keys, MOST_LEFT)

    def _join_answers(self) -> tuple[AnsweredFirms | None, ...]:
        return tuple(
            None if book is None else join_answers(book, self._pack, self._listed(number))
            for number, book in enumerate(self._task.answers)
        )

    def _listed(self, number: int) -> Iterator[Listed]:
        for position, row in enumerate(self._rows):
            if row.at.table == number:
                yield Listed(position, row.at.row, firm_keys(*(row.cells.get(kind) for kind in KINDS)))

    def _answers(self, position: int) -> Mapping[str, Answered]:
        books = self._task.answers
        found = self._answered[self._rows[position].at.table] if books else None
        return found.answers.get(position, {}) if found is not None else {}

    def _titles(self, position: int) -> tuple[str, ...] | None:
        return None if self._joined is None else self._joined.titles.get(position)

    def _told(self, found: Found) -> JoinedContacts:
        return JoinedContacts(found.people, found.joined, len(found.titles), found.left)


def _ranks(chosen: Filter, rank: int) -> bool:
    return chosen.ranks is None or rank in chosen.ranks
