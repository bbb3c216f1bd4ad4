"""SQL that finds records which seem to be the same firm: those with one id, one address or one name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from psm_qualify.compile import firms, lines
from psm_qualify.compile.sql import any_of, literal, name
from psm_qualify.facts.firms import KINDS, NO_NAMES, SHARED
from psm_qualify.facts.types import DEFAULT_UNKNOWN

DUPLICATES = "at__duplicates"
"""The column that tells the twins of a record in words, as a cell of a line."""
MOST = 5
"""How many others of a group are told."""
COSTLY = ("domain", "name")
"""The kinds whose keys take some work to make."""

_SAYS = r"[\p{L}\p{N}]"
_TELLS: Mapping[str, Callable[[str], str]] = {
    "id": lambda key: f"regexp_matches({key}, {literal(_SAYS)}) AND NOT {any_of(f'lower({key})', DEFAULT_UNKNOWN)}",
    "domain": lambda key: (
        f"contains({key}, '.') AND regexp_matches({key}, {literal(_SAYS)}) AND NOT {any_of(key, SHARED)}"
    ),
    "name": lambda key: f"NOT {any_of(key, NO_NAMES)}",
}

NO_GROUPS = "CREATE OR REPLACE TABLE twin_groups (kind VARCHAR, surest INTEGER, hash UBIGINT, first BIGINT[])"


KINDS_FOUND = "SELECT DISTINCT kind, surest FROM twin_groups ORDER BY surest"


def keys_table(kind: str) -> str:
    """The table that has the key of each record. It holds hashes: the texts would fill the memory."""
    return f"{kind}_keys"


def keys(kind: str, column: str, repeats: bool) -> str:
    """A statement that makes the table of keys. Where a column `repeats` its texts, the key of each is made once."""
    made = f"CREATE OR REPLACE TABLE {keys_table(kind)} AS\n"
    if not repeats:
        return f"{made}SELECT rowid AS record, {_hash(kind, name(column))} FROM cells WHERE {name(column)} IS NOT NULL"
    texts = f"SELECT DISTINCT {name(column)} AS at__raw FROM cells WHERE {name(column)} IS NOT NULL"
    hashed = f"SELECT at__raw, {_hash(kind, 'at__raw')} FROM ({texts})"
    return (
        f"{made}SELECT cells.rowid AS record, made.hash FROM cells JOIN ({hashed}) AS made ON at__raw = {name(column)}"
    )


def _hash(kind: str, text: str) -> str:
    return f"hash({firms.KEYS[kind](text)}) AS hash"


def find_groups(kind: str, column: str) -> tuple[str, ...]:
    """Statements that add the groups of one kind."""
    table, text, surest = keys_table(kind), firms.KEYS[kind](name(column)), KINDS.index(kind)
    return (
        f"CREATE OR REPLACE TEMP TABLE repeated AS\nSELECT hash FROM {table} GROUP BY hash HAVING count(*) > 1",
        # Only now the first records of each: in most lists few keys stand twice.
        f"CREATE OR REPLACE TEMP TABLE found AS\nSELECT hash, min(record, {MOST + 1}) AS first\n"
        f"FROM {table} JOIN repeated USING (hash) GROUP BY hash",
        # On one record a group: whether the key tells anything. Materialized, or all records would be asked.
        f"INSERT INTO twin_groups\nWITH texts AS MATERIALIZED (\n"
        f"    SELECT rowid AS position, {name(column)} FROM cells WHERE rowid IN (SELECT first[1] FROM found)\n"
        f"), keys AS MATERIALIZED (SELECT position, {text} AS key FROM texts)\n"
        f"SELECT {literal(kind)}, {surest}, hash, first FROM found JOIN keys ON position = first[1]\n"
        f"WHERE key <> '' AND {_TELLS[kind]('key')}",
    )


def _members(kind: str) -> str:
    """The records in groups of one kind."""
    groups = f"SELECT * FROM twin_groups WHERE kind = {literal(kind)}"
    return f"SELECT record, surest, kind, hash, first FROM {keys_table(kind)} JOIN ({groups}) USING (hash)"


def count(kinds: Sequence[str]) -> str:
    """How many records are in some group."""
    records = "\nUNION ALL\n".join(f"SELECT record FROM ({_members(kind)})" for kind in kinds)
    return f"SELECT count({'DISTINCT ' if len(kinds) > 1 else ''}record) FROM (\n{records}\n)"


def of_some(kinds: Sequence[str]) -> str:
    """The groups of the records at some positions (the one parameter), the surest first."""
    asked = "SELECT unnest(CAST(? AS BIGINT[])) AS record"
    groups = [
        f"SELECT record, surest, kind, first FROM twin_groups\nJOIN (SELECT record, hash FROM {keys_table(kind)} "
        f"WHERE record IN (FROM asked)) USING (hash) WHERE kind = {literal(kind)}"
        for kind in kinds
    ]
    return f"WITH asked AS MATERIALIZED ({asked})\n" + "\nUNION ALL\n".join(groups) + "\nORDER BY record, surest"


def whole(kinds: Sequence[str]) -> str:
    """Every group with all its records."""
    members = "\nUNION ALL\n".join(map(_members, kinds))
    return (
        f"SELECT kind, list(record ORDER BY record) FROM (\n{members}\n)\n"
        "GROUP BY kind, surest, hash ORDER BY surest, min(record)"
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
    some = lines.cell(f"array_to_string(texts[:{MOST}], ', ')")
    texts = f"SELECT *, {some} AS others FROM (\n{words}\n)"
    told = (
        f"SELECT record, {_others('TRUE')} AS told FROM (SELECT unnest(first) AS record, first, texts FROM twin_texts)"
    )
    if len(kinds) > 1:
        once = "list_position(first, first[number]) = number"
        told += "\nANTI JOIN several USING (record)"
        told += f"\nUNION ALL\nSELECT record, {_others(once)} FROM several"
        told = f"WITH several AS MATERIALIZED (\n{_several(kinds)}\n)\n{told}"
    told = f"SELECT record, {lines.cell('told')} AS told FROM (\n{told}\n)"
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
    records = "\nUNION ALL\n".join(f"SELECT record FROM ({_members(kind)})" for kind in kinds)
    several = f"(SELECT record FROM (\n{records}\n) GROUP BY record HAVING count(*) > 1)"
    return f"SELECT record, {first} AS first, {texts} AS texts\nFROM {several}\n{_joined(kinds)}"


def told(source: str, kinds: Sequence[str]) -> str:
    """A relation, each of its records (the position under the name `record`) with its first others in words."""
    others = ", ".join(f"{_group(kind)}.others" for kind in kinds)
    return (
        f"SELECT *, coalesce(told, {others}) AS {DUPLICATES}\n"
        f"FROM {source}\n{_joined(kinds)}\nLEFT JOIN twin_told USING (record)"
    )


def _joined(kinds: Sequence[str]) -> str:
    """Joins to the groups of each kind."""
    return "\n".join(
        f"LEFT JOIN {keys_table(kind)} USING (record)\n"
        f"LEFT JOIN (SELECT * FROM twin_texts WHERE kind = {literal(kind)}) AS {_group(kind)} "
        f"ON {_group(kind)}.hash = {keys_table(kind)}.hash"
        for kind in kinds
    )


def _group(kind: str) -> str:
    return f"at__{kind}_group"
