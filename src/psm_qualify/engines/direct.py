"""Short lists, judged prospect by prospect: the work takes less time than starting a database would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from psm_qualify.assess import criterion_points, read_facts, verdict_of
from psm_qualify.engines.base import FIRST_PLACES, At, IrregularError, OddText, RankedCells, Scored
from psm_qualify.rules.pack import Criterion, Pack
from psm_qualify.rules.scoring import VERDICTS, Points, band_name, known_of, score_of, totals
from psm_qualify.selection import Filter
from psm_qualify.sources.delimited import records
from psm_qualify.sources.mapping import Mapped


@dataclass(frozen=True, slots=True)
class _Judged:
    """A record with its verdict (an index into VERDICTS) and (earned, least, most) points by scorecard."""

    table: int
    row: int
    line: int
    cells: Mapping[str, str | None]
    verdict: int
    totals: Mapping[str, tuple[int, int, int]]
    odd: Mapping[str, str]


class DirectEngine:
    """An engine that holds the whole list in memory."""

    def score(self, tables: Sequence[Mapped], pack: Pack) -> Scored:
        """See `Engine.score`."""
        self._pack = pack
        bears = {field for mapped in tables for field in mapped.columns}
        self._settled = {
            criterion: criterion_points(criterion, pack.assumed)
            for criterion in pack.criteria
            if bears.isdisjoint(criterion.fields)
        }
        self._judged = [
            self._judge(number, row, line, texts, mapped)
            for number, mapped in enumerate(tables)
            for row, line, texts in self._records(number, mapped)
        ]
        accepted = Counter(one.table for one in self._judged)
        verdicts = Counter(one.verdict for one in self._judged)
        return Scored(
            tuple(accepted[number] for number in range(len(tables))),
            {word: verdicts[index] for index, word in enumerate(VERDICTS)},
            self._odd(),
        )

    def choose(self, chosen: Filter) -> int:
        """See `Engine.choose`."""
        primary, *others = self._pack.rank_by

        def key(judged: _Judged) -> tuple[int, ...]:
            earned, least, most = judged.totals[primary]
            return (judged.verdict, -earned, -most, -least, *(-judged.totals[card][0] for card in others))

        ordered = sorted(self._judged, key=key)  # stable: the order of the input breaks ties
        kept = [(rank, judged) for rank, judged in enumerate(ordered, 1) if self._keeps(chosen, judged)]
        self._chosen = kept[: chosen.top]
        return len(self._chosen)

    def cells(self) -> Iterator[RankedCells]:
        """See `Engine.cells`."""
        for rank, judged in self._chosen:
            yield RankedCells(rank, judged.table, judged.row, judged.line, judged.cells)

    def close(self) -> None:
        """See `Engine.close`: nothing is held outside this object."""

    def _records(self, number: int, mapped: Mapped) -> Iterator[tuple[int, int, list[str]]]:
        """The records of a table. One that has to reject some is read into a regular copy first."""
        found = records(mapped.table)
        yield from found
        if found.rejected:
            raise IrregularError([number])

    def _judge(self, number: int, row: int, line: int, texts: Sequence[str], mapped: Mapped) -> _Judged:
        cells = {field: texts[index] or None for field, index in mapped.columns.items()}
        facts = read_facts(self._pack, cells)
        won = {
            criterion: self._settled.get(criterion) or criterion_points(criterion, facts.values)
            for criterion in self._pack.criteria
        }
        verdict = VERDICTS.index(verdict_of(self._pack, facts.values))
        return _Judged(number, row, line, cells, verdict, self._totals(won), facts.odd)

    def _totals(self, won: Mapping[Criterion, Points]) -> dict[str, tuple[int, int, int]]:
        return {
            card.id: totals([won[criterion] for criterion in card.criteria]) for card in self._pack.scorecards.values()
        }

    def _odd(self) -> tuple[OddText, ...]:
        found: dict[tuple[str, str], list[At]] = {}
        for judged in self._judged:
            for field, text in judged.odd.items():
                found.setdefault((field, text), []).append(At(judged.table, judged.row, judged.line))
        order = list(self._pack.fields)
        # Sorting is stable, so texts of the same count stay in the order of their first rows.
        ordered = sorted(found.items(), key=lambda item: (order.index(item[0][0]), -len(item[1])))
        return tuple(
            OddText(field, text, len(places), tuple(places[:FIRST_PLACES])) for (field, text), places in ordered
        )

    def _keeps(self, chosen: Filter, judged: _Judged) -> bool:
        if chosen.verdicts and VERDICTS[judged.verdict] not in chosen.verdicts:
            return False
        for name, bands in chosen.bands.items():
            card = self._pack.scorecards[name]
            earned, least, most = judged.totals[name]
            if band_name(card, score_of(card, earned), known_of(card, least, most)) not in bands:
                return False
        primary = self._pack.primary
        earned = judged.totals[primary.id][0]
        return chosen.min_score is None or score_of(primary, earned) >= chosen.min_score
