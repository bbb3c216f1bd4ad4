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
        Column(key(kind), f"CASE WHEN {name(column)} IS NOT NULL THEN hash({firms.KEYS[kind](name(column))}) END")
        for kind, column in columns.items()
    ]


def key(kind: str) -> str:
    """The column of `cells` that holds a hash of the key."""
    return f"at__{kind}_key"


def find_groups(kind: str, column: str) -> tuple[str, ...]:
    """Statements that add the groups of one kind."""
    hashed, text, surest = key(kind), firms.KEYS[kind](name(column)), KINDS.index(kind)
    return (
        f"CREATE OR REPLACE TEMP TABLE repeated AS\nSELECT {hashed} AS hash FROM cells\n"
        f"WHERE {hashed} IS NOT NULL GROUP BY hash HAVING count(*) > 1",
        # Only now the first records of each: in most lists few keys stand twice.
        f"CREATE OR REPLACE TEMP TABLE found AS\nSELECT hash, min(cells.rowid, {MOST + 1}) AS first\n"
        f"FROM cells JOIN repeated ON hash = {hashed} GROUP BY hash",
        # On one record a group: whether the key tells anything. Materialized, or all records would be asked.
        f"INSERT INTO twin_groups\nWITH texts AS MATERIALIZED (\n"
        f"    SELECT rowid AS position, {name(column)} FROM cells WHERE rowid IN (SELECT first[1] FROM found)\n"
        f"), keys AS MATERIALIZED (SELECT position, {text} AS key FROM texts)\n"
        f"SELECT {literal(kind)}, {surest}, hash, first FROM found JOIN keys ON position = first[1]\n"
        f"WHERE key <> '' AND {_TELLS[kind]('key')}",
    )


def count(kinds: Sequence[str]) -> str:
    """How many records are in some group."""
    within = [f"{key(kind)} IN (SELECT hash FROM twin_groups WHERE kind = {literal(kind)})" for kind in kinds]
    return f"SELECT count(*) FROM cells WHERE {' OR '.join(within)}"


KINDS_FOUND = "SELECT DISTINCT kind, surest FROM twin_groups ORDER BY surest"


def of_some(kinds: Sequence[str]) -> str:
    """The groups of the records at some positions (the one parameter), the surest first."""
    keys = ", ".join(map(key, kinds))
    some = f"SELECT rowid AS position, {keys} FROM cells WHERE rowid IN (SELECT unnest(CAST(? AS BIGINT[])))"
    groups = [
        f"SELECT position, surest, kind, first FROM twin_groups JOIN asked ON hash = {key(kind)}\n"
        f"WHERE kind = {literal(kind)}"
        for kind in kinds
    ]
    return f"WITH asked AS MATERIALIZED ({some})\n" + "\nUNION ALL\n".join(groups) + "\nORDER BY position, surest"


def whole(kinds: Sequence[str]) -> str:
    """Every group with all its records."""
    members = [
        f"SELECT cells.rowid AS position, surest, kind, hash FROM cells JOIN twin_groups\n"
        f"ON hash = {key(kind)} AND kind = {literal(kind)}"
        for kind in kinds
    ]
    return (
        "SELECT kind, list(position ORDER BY position) FROM (\n" + "\nUNION ALL\n".join(members) + "\n)\n"
        "GROUP BY kind, surest, hash ORDER BY surest, min(position)"
    )


def words_by_position(kind_and_place: str) -> str:
    """The groups and their first records in words, where the words follow from the position `record` alone."""
    return f"SELECT kind, hash, first, list_transform(first, lambda record: {kind_and_place}) AS texts FROM twin_groups"


def words_by_record(kind_and_place: str) -> str:
    """The groups and their first records in words, where it takes a look at the record in `cells`."""
    return (
        f"SELECT kind, hash, list(record ORDER BY record) AS first, list({kind_and_place} ORDER BY record) AS texts\n"
        "FROM cells JOIN (SELECT kind, hash, unnest(first) AS record FROM twin_groups) ON cells.rowid = record\n"
        "GROUP BY kind, hash"
    )


def tell(words: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """Statements that put the first others of each record into words.

    Of a record of one group only, and none of its first, the same is told as of any other such: that is put together
    once for the group, in `twin_texts`. What is told of the rest stands in `twin_told`.
    """
    texts = f"SELECT *, array_to_string(texts[:{MOST}], ', ') AS others FROM (\n{words}\n)"
    told = (
        f"SELECT record, {_others('TRUE')} AS told FROM (SELECT unnest(first) AS record, first, texts FROM twin_texts)"
    )
    if len(kinds) > 1:
        once = "list_position(first, first[number]) = number"
        told += "\nANTI JOIN several USING (record)"
        told += f"\nUNION ALL\nSELECT record, {_others(once)} FROM several"
        told = f"WITH several AS MATERIALIZED (\n{_several(kinds)}\n)\n{told}"
    return f"CREATE OR REPLACE TEMP TABLE twin_texts AS\n{texts}", f"CREATE OR REPLACE TEMP TABLE twin_told AS\n{told}"


def _others(condition: str) -> str:
    """The first others of a record, from the lists `first` and `texts`."""
    kept = f"list_filter(texts, lambda text, number: first[number] <> record AND {condition})"
    return f"array_to_string({kept}[:{MOST}], ', ')"


def _several(kinds: Sequence[str]) -> str:
    """The records that are in several groups, with the first records of all of them, those of the surest kind first."""
    first, texts = (
        f"list_concat({', '.join(f'{_group(kind)}.{part}' for kind in kinds)})" for part in ("first", "texts")
    )
    within = (f"{key(kind)} IN (SELECT hash FROM twin_texts WHERE kind = {literal(kind)})" for kind in kinds)
    groups = " + ".join(f"CAST(coalesce({one}, FALSE) AS INTEGER)" for one in within)
    keys = ", ".join(map(key, kinds))
    here = f"(SELECT rowid AS record, {keys} FROM cells WHERE {groups} > 1)"
    return f"SELECT record, {first} AS first, {texts} AS texts\nFROM {here}\n{_joined(kinds)}"


def told(source: str, kinds: Sequence[str]) -> str:
    """A relation, each of its records with its first others in words.

    It has the position of each record under the name `record`, and the columns with its keys.
    """
    others = ", ".join(f"{_group(kind)}.others" for kind in kinds)
    return (
        f"SELECT *, coalesce(told, {others}) AS {DUPLICATES}\n"
        f"FROM {source}\n{_joined(kinds)}\nLEFT JOIN twin_told USING (record)"
    )


def _joined(kinds: Sequence[str]) -> str:
    """Joins to the groups of each kind, by the columns with the keys."""
    return "\n".join(
        f"LEFT JOIN (SELECT * FROM twin_texts WHERE kind = {literal(kind)}) AS {_group(kind)} "
        f"ON {_group(kind)}.hash = {key(kind)}"
        for kind in kinds
    )


def _group(kind: str) -> str:
    return f"at__{kind}_group"
