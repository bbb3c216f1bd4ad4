"""A copy of a list with the answers in it: each in its field's own column, or in a new one behind the others."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from psm_qualify.facts.decimals import decimal_point
from psm_qualify.facts.text import formula_safe
from psm_qualify.judging import Case
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import Ranking
from psm_qualify.selection import Filter
from psm_qualify.sources.delimited import records
from psm_qualify.template import headers_of


def completed(ranking: Ranking) -> Iterator[Sequence[str]]:
    """The headers and the records of the first list, in its own order, with every answer that is known.

    Rejected rows are left out.
    """
    pack, task, mapped = ranking.summary.pack, ranking.task, ranking.task.tables[0]
    ranking.choose(Filter())
    given = {
        case.place.row: case.given
        for case in ranking.cases()
        if case.given.answers and case.place.file == mapped.table.name
    }
    answered = {field for each in given.values() for field in each.answers}
    added = [field for field in pack.fields if field in answered and field not in mapped.columns]
    headers = headers_of(pack)
    old, beside = mapped.table.headers, mapped.table.beside
    end = len(old) if beside is None else beside - 1  # what stands behind another table would belong to that
    yield [*old[:end], *(headers[field] for field in added), *old[end:]]
    commas = pack.numeric if task.decimal == "comma" else frozenset()
    for record in records(mapped.table, task.wanted):
        row = [*record.cells[:end], *("" for _ in added), *record.cells[end:]]
        if (told := given.get(record.row)) is not None:
            for field, answer in told.answers.items():
                place = mapped.columns[field] if field in mapped.columns else end + added.index(field)
                row[place] = decimal_point(answer.text) if field in commas | told.commas else answer.text
        yield row


def alone(pack: Pack, case: Case) -> Iterator[Sequence[str]]:
    """A list of one prospect that stands in none: what it is called, and its answers."""
    headers = headers_of(pack)
    texts: Mapping[str, str] = {
        **{field: text for field, text in case.given.cells.items() if text},
        **{field: answer.text for field, answer in case.given.answers.items()},
    }
    fields = [field for field in pack.fields if field in texts]
    yield [headers[field] for field in fields]
    yield [texts[field] for field in fields]


def write_list(rows: Iterator[Sequence[str]], path: Path) -> None:
    """Writes a list as CSV, no cell of which a spreadsheet would run."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([formula_safe(text) for text in row] for row in rows)
