"""SQL that finds records which seem to be the same firm: those with one id, one address or one name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from psm_qualify.compile import firms
from psm_qualify.compile.sql import Column, any_of, literal, name
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

NO_GROUPS = "CREATE OR REPLACE TABLE twin_groups (kind VARCHAR, surest INTEGER, hash UBIGINT, first BIGINT[])"


def keys(columns: Mapping[str, str]) -> list[Column]:
    """What tells that two records are one firm, from the SQL names of the columns by kind."""
    # Hashes: the texts would fill the memory.
    return [
        Column(_key(kind), f"CASE WHEN {name(column)} IS NOT NULL THEN hash({firms.KEYS[kind](name(column))}) END")
        for kind, column in columns.items()
    ]


def _key(kind: str) -> str:
    """The column of `cells` that holds a hash of the key."""
    return f"at__{kind}_key"


def find_groups(kind: str, column: str) -> tuple[str, ...]:
    """Statements that add the groups of one kind."""
    key, surest = firms.KEYS[kind](name(column)), KINDS.index(kind)
    return (
        f"CREATE OR REPLACE TEMP TABLE repeated AS\nSELECT {_key(kind)} AS hash FROM cells\n"
        f"WHERE {_key(kind)} IS NOT NULL GROUP BY hash HAVING count(*) > 1",
        # Only now the first records of each: in most lists few keys stand twice.
        f"CREATE OR REPLACE TEMP TABLE found AS\nSELECT hash, min(cells.rowid, {MOST + 1}) AS first\n"
        f"FROM cells JOIN repeated ON hash = {_key(kind)} GROUP BY hash",
        # On one record a group: whether the key tells anything. Materialized, or all records would be asked.
        f"INSERT INTO twin_groups\nWITH texts AS MATERIALIZED (\n"
        f"    SELECT rowid AS position, {name(column)} FROM cells WHERE rowid IN (SELECT first[1] FROM found)\n"
        f"), keys AS MATERIALIZED (SELECT position, {key} AS key FROM texts)\n"
        f"SELECT {literal(kind)}, {surest}, hash, first FROM found JOIN keys ON position = first[1]\n"
        f"WHERE key <> '' AND {_TELLS[kind]('key')}",
    )


def count(kinds: Sequence[str]) -> str:
    """How many records are in some group."""
    within = [f"{_key(kind)} IN (SELECT hash FROM twin_groups WHERE kind = {literal(kind)})" for kind in kinds]
    return f"SELECT count(*) FROM cells WHERE {' OR '.join(within)}"


def of_some(kinds: Sequence[str]) -> str:
    """The groups of the records at some positions (the one parameter), the surest first."""
    keys = ", ".join(map(_key, kinds))
    some = f"SELECT rowid AS position, {keys} FROM cells WHERE rowid IN (SELECT unnest(CAST(? AS BIGINT[])))"
    groups = [
        f"SELECT position, surest, kind, first FROM twin_groups JOIN asked ON hash = {_key(kind)}\n"
        f"WHERE kind = {literal(kind)}"
        for kind in kinds
    ]
    return f"WITH asked AS MATERIALIZED ({some})\n" + "\nUNION ALL\n".join(groups) + "\nORDER BY position, surest"


def whole(kinds: Sequence[str]) -> str:
    """Every group with all its records."""
    members = [
        f"SELECT cells.rowid AS position, surest, kind, hash FROM cells JOIN twin_groups\n"
        f"ON hash = {_key(kind)} AND kind = {literal(kind)}"
        for kind in kinds
    ]
    return (
        "SELECT kind, list(position ORDER BY position) FROM (\n" + "\nUNION ALL\n".join(members) + "\n)\n"
        "GROUP BY kind, surest, hash ORDER BY surest, min(position)"
    )


def group_texts(place: str) -> str:
    """A table of the groups: their first records in words, and all that is told of a later one. `place` is SQL over
    `cells` that says where a record stands."""
    return (
        "CREATE OR REPLACE TEMP TABLE twin_texts AS\n"
        f"SELECT kind, hash, first, texts, array_to_string(texts[:{MOST}], ', ') AS others FROM (\n"
        "    SELECT kind, hash, list(record ORDER BY record) AS first,\n"
        f"        list({place} || ' (' || kind || ')' ORDER BY record) AS texts\n"
        "    FROM cells JOIN (SELECT kind, hash, unnest(first) AS record FROM twin_groups) ON cells.rowid = record\n"
        "    GROUP BY kind, hash\n)"
    )


def told(source: str, position: str, kinds: Sequence[str]) -> str:
    """A relation, each of its records with the first others of its groups in words; `position` is its column."""
    other = "at__first[number] <> record AND list_position(at__first, at__first[number]) = number"
    kept = f"list_filter(at__texts, lambda text, number: {other})[:{MOST}]"
    text = f"CASE WHEN at__first IS NULL THEN at__others ELSE nullif(array_to_string({kept}, ', '), '') END"
    return f"SELECT *, {text} AS {DUPLICATES}\nFROM (\n{_with_groups(source, position, kinds)}\n)"


def _with_groups(source: str, position: str, kinds: Sequence[str]) -> str:
    """A relation and the groups of its records, all kinds in one list, the surest first."""
    groups = {kind: f"{_key(kind)}_group" for kind in kinds}
    first, texts, others = ([f"{group}.{part}" for group in groups.values()] for part in ("first", "texts", "others"))
    whole = f"list_concat({', '.join(first)})"
    # Of a record of one group only, and none of its first, the same is told as of any other such.
    later = " OR ".join(f"({one}[len({one})] < record AND len({whole}) = len({one}))" for one in first)
    joins = [
        f"LEFT JOIN (SELECT * FROM twin_texts WHERE kind = {literal(kind)}) AS {group} ON {group}.hash = {_key(kind)}"
        for kind, group in groups.items()
    ]
    columns = [
        f"CASE WHEN {later} THEN NULL ELSE {whole} END AS at__first",
        f"list_concat({', '.join(texts)}) AS at__texts",
        f"coalesce({', '.join(others)}) AS at__others",
    ]
    keyed = f"(SELECT rowid AS record, {', '.join(map(_key, kinds))} FROM cells)"
    return f"SELECT *, {', '.join(columns)}\nFROM {source} JOIN {keyed} ON record = {position}\n" + "\n".join(joins)
