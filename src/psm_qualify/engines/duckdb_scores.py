"""How records come out, found by DuckDB: what they are told from is packed into patterns, and those are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from psm_qualify.compile import ranking
from psm_qualify.compile.patterns import COUNT, NUMBER, PLACE, Patterns
from psm_qualify.compile.query import ODD, POSITION, VERDICT, Query
from psm_qualify.compile.sql import literal, name
from psm_qualify.engines.base import FIRST_PLACES
from psm_qualify.engines.duckdb_texts import repeating
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.scoring import VERDICTS
from psm_qualify.selection import Filter

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

_SAMPLE = 20_000  # rows that tell how often the texts of a column repeat
_FEW = 4_000  # distinct texts in the sample, up to which a column is one of few texts


class Scores:
    """Judges the view `facts`: the table `rows` has the pattern of each record, the table `patterns` how it comes out.

    The view `chosen` has rank and turn of the chosen records, and their numbers in `patterns`.
    """

    def __init__(self, db: Database, query: Query, count: int) -> None:
        self._db, self._query = db, query
        self._db.begin("Looking at texts")
        self._columns = {field.id: name(query.names[field.id]) for field in query.read}
        few = self._few()
        many = {field.id: query.names[field.id] for field in query.read if field.id not in few}
        self._patterns = Patterns(query, (*few, *repeating(db, "facts", many)))
        self._read_dictionaries(few)
        self._db.begin("Scoring", count)
        self._db.execute(f"CREATE OR REPLACE TABLE rows AS\n{self._patterns.rows('SELECT * FROM facts')}")
        self._judge()

    def _few(self) -> tuple[str, ...]:
        """The fields in whose columns few texts stand, as a sample tells."""
        if not self._columns:
            return ()
        counts = ", ".join(f"count(DISTINCT {column})" for column in self._columns.values())
        (found,) = self._db.execute(f"SELECT {counts} FROM (FROM facts LIMIT {_SAMPLE})").fetchall()
        return tuple(field for field, count in zip(self._columns, found, strict=True) if count <= _FEW)

    def _read_dictionaries(self, few: Sequence[str]) -> None:
        """Reads each distinct text of the columns that repeat themselves once."""
        if few:  # one pass over the cells for all of them
            lists = ", ".join(f"list(DISTINCT {self._columns[field]}) AS {self._columns[field]}" for field in few)
            self._db.execute(f"CREATE OR REPLACE TABLE texts AS SELECT {lists} FROM facts")
        for field in self._patterns.dictionaries:
            column = self._columns[field]
            distinct = f"SELECT DISTINCT {column} AS raw FROM facts WHERE {column} IS NOT NULL"
            texts = f"SELECT unnest({column}) AS raw FROM texts" if field in few else distinct
            table = name(self._patterns.dictionary_name(field))
            self._db.execute(f"CREATE OR REPLACE TABLE {table} AS\n{self._patterns.dictionary(field, f'({texts})')}")

    def _judge(self) -> None:
        self._db.execute(f"CREATE OR REPLACE TABLE patterns AS\n{self._patterns.judged('rows')}")

    @property
    def _judged_rows(self) -> str:
        return f"rows JOIN patterns USING ({', '.join(map(name, self._patterns.words))})"

    def verdicts(self) -> dict[Verdict, int]:
        """How many records have each verdict."""
        rows = self._db.execute(f"SELECT {VERDICT}, sum({COUNT}) FROM patterns GROUP BY ALL").fetchall()
        found = dict(rows)
        return {word: int(found.get(index, 0)) for index, word in enumerate(VERDICTS)}

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """How many records have each rank key."""
        keys = ranking.keys(self._query)
        rows = self._db.execute(f"SELECT {keys}, sum({COUNT}) FROM patterns GROUP BY ALL").fetchall()
        return [(tuple(key), int(count)) for *key, count in rows]

    def odd(self) -> list[tuple[int, str, int, list[int]]]:
        """The texts that were not understood: the number of the field, the text, how often, where first."""
        return self._db.execute(f"""
            WITH texts AS (
                SELECT unnest(range(1, len({ODD}) + 1)) AS field, unnest({ODD}) AS raw, {POSITION} AS position
                FROM rows WHERE {ODD} IS NOT NULL
            )
            SELECT field, raw, count(*) AS count, min(position, {FIRST_PLACES}) FROM texts WHERE raw IS NOT NULL
            GROUP BY field, raw ORDER BY field, count DESC, min(position)""").fetchall()

    def unknown(self, positions: Sequence[int]) -> Mapping[int, int]:
        """How much is open of the points of some records on the primary scorecard."""
        primary = self._query.pack.primary.id
        least, most = (name(self._query.card_column(primary, total)) for total in ("least", "most"))
        found = f"SELECT {POSITION}, {most} - {least} FROM {self._judged_rows} WHERE {_among(POSITION)}"
        return dict(self._db.execute(found, [positions]).fetchall())

    def drop(self, positions: Sequence[int]) -> None:
        """Takes some records out."""
        self._db.execute(f"DELETE FROM rows WHERE {_among(POSITION)}", [positions])
        self._judge()

    def choose(self, chosen: Filter) -> int:
        """Ranks the records and keeps those that the filter selects; returns how many."""
        self._db.begin("Ranking")
        first = "" if chosen.top is None else f" LIMIT {literal(chosen.top)}"
        # The table lies in rank order: the number of a row is a rank.
        self._db.execute(
            f"CREATE OR REPLACE TABLE ordered AS SELECT {POSITION}, {NUMBER} FROM {self._judged_rows} "
            f"ORDER BY {PLACE}, {POSITION}{'' if chosen.selects else first}"
        )
        ranked = f"SELECT rowid + 1 AS {ranking.RANK}, * FROM ordered"
        wanted, turn = ranking.condition(self._query, chosen), ranking.turn(self._query, chosen)
        kept = f"SELECT {POSITION}, {NUMBER}, {ranking.RANK}, {turn} AS {ranking.TURN} FROM ({ranked})"
        kept += f" JOIN patterns USING ({NUMBER}) WHERE {wanted}"
        kept += f" ORDER BY {ranking.TURN}, {ranking.RANK}{first}" if first else ""
        self._db.execute(f"CREATE OR REPLACE VIEW chosen AS {kept}")
        ((count,),) = self._db.execute("SELECT count(*) FROM chosen").fetchall()
        self._db.end()
        return int(count)


def _among(column: str) -> str:
    return f"{column} IN (SELECT unnest(CAST(? AS BIGINT[])))"
