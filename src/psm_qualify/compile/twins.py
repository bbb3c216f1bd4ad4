"""SQL that finds records which seem to be the same firm: those with one id, one address or one name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from psm_qualify.compile import firms
from psm_qualify.compile.sql import any_of, literal, name
from psm_qualify.facts.firms import KINDS, NO_NAMES, SHARED
from psm_qualify.facts.types import DEFAULT_UNKNOWN

DUPLICATES = "at__duplicates"
"""The column that tells the twins of a record in words."""
MOST = 5
"""How many others of a group are told."""

_SAYS = r"[\p{L}\p{N}]"
_TELLS: Mapping[str, Callable[[str], str]] = {
    "id": lambda key: f"regexp_matches({key}, {literal(_SAYS)}) AND NOT {any_of(f'lower({key})', DEFAULT_UNKNOWN)}",
    "domain": lambda key: (
        f"contains({key}, '.') AND regexp_matches({key}, {literal(_SAYS)}) AND NOT {any_of(key, SHARED)}"
    ),
    "name": lambda key: f"NOT {any_of(key, NO_NAMES)}",
}

NO_GROUPS = (
    "CREATE OR REPLACE TABLE twin_groups (kind VARCHAR, surest INTEGER, hash UBIGINT, first BIGINT[]);\n"
    "CREATE OR REPLACE TABLE twin_members (position BIGINT, kind VARCHAR, surest INTEGER, hash UBIGINT)"
)


def find_groups(kind: str, column: str) -> tuple[str, ...]:
    """Statements that add the groups of one kind. Keys are compared by their hashes: texts would fill the memory."""
    key, surest = firms.KEYS[kind](name(column)), KINDS.index(kind)
    return (
        f"CREATE OR REPLACE TEMP TABLE hashes AS\nSELECT rowid AS position, hash({key}) AS hash FROM cells "
        f"WHERE {name(column)} IS NOT NULL",
        f"CREATE OR REPLACE TEMP TABLE found AS\nSELECT hash, min(position, {MOST + 1}) AS first FROM hashes "
        f"GROUP BY hash HAVING count(*) > 1",
        # Only now, on one record a group: whether the key tells anything. Materialized, or all records would be asked.
        f"INSERT INTO twin_groups\nWITH texts AS MATERIALIZED (\n"
        f"    SELECT rowid AS position, {name(column)} FROM cells WHERE rowid IN (SELECT first[1] FROM found)\n"
        f"), keys AS MATERIALIZED (SELECT position, {key} AS key FROM texts)\n"
        f"SELECT {literal(kind)}, {surest}, hash, first FROM found JOIN keys ON position = first[1]\n"
        f"WHERE key <> '' AND {_TELLS[kind]('key')}",
        f"INSERT INTO twin_members\nSELECT position, kind, surest, hash FROM hashes "
        f"JOIN twin_groups USING (hash) WHERE kind = {literal(kind)}",
    )


COUNT = "SELECT count(DISTINCT position) FROM twin_members"

OF_SOME = """
SELECT position, kind, first FROM twin_members JOIN twin_groups USING (kind, surest, hash)
WHERE position IN (SELECT unnest(CAST(? AS BIGINT[]))) ORDER BY position, surest"""

WHOLE = """
SELECT kind, list(position ORDER BY position) FROM twin_members GROUP BY kind, surest, hash
ORDER BY surest, min(position)"""

TEXTS = f"""
SELECT position, string_agg(place || ' (' || kind || ')', ', ' ORDER BY surest, other) AS {DUPLICATES} FROM (
    SELECT position, other, first(kind ORDER BY surest) AS kind, min(surest) AS surest,
        row_number() OVER (PARTITION BY position ORDER BY min(surest), other) AS number
    FROM (SELECT position, kind, surest, unnest(first) AS other
          FROM twin_members JOIN twin_groups USING (kind, surest, hash))
    WHERE other <> position GROUP BY position, other
) JOIN places ON places.at = other WHERE number <= {MOST} GROUP BY position"""
"""The twins of every record in words; `places` tells the words of each position."""
