"""An empty list for a pack: its columns, what each asks, and what may be written below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psm_qualify.entries import accepts, options_of
from psm_qualify.errors import UsageError
from psm_qualify.facts.text import squash
from psm_qualify.rules.inference import AtMost, FromText
from psm_qualify.rules.pack import WHO, Criterion, Field, Pack

_WHO = ("name", "id", "domain")  # a person looks for the name first


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `options` are the texts to choose from; `criteria` rest on it, and `feeds` are the labels of the
    fields that may be inferred from it."""

    header: str
    field: Field
    options: tuple[str, ...]
    accepts: str
    criteria: tuple[Criterion, ...]
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The columns in order."""

    pack: Pack
    columns: tuple[Column, ...]


def template_of(pack: Pack) -> Template:
    """The empty list for a pack: who the prospect is, what criteria rest on, and what that is inferred from.

    Raises UsageError where a field has no header of its own, which no pack that was loaded has.
    """
    headers = headers_of(pack)
    feeds = _feeds(pack)
    who = [field for field in _WHO if field in pack.fields]
    judged = [field for field in pack.fields if field in pack.used_fields]
    sources = [field for field in pack.fields if field in feeds]
    chosen = dict.fromkeys((*who, *judged, *sources))
    return Template(pack, tuple(_column(pack, pack.fields[field], headers, feeds) for field in chosen))


def _column(pack: Pack, field: Field, headers: Mapping[str, str], feeds: Mapping[str, tuple[str, ...]]) -> Column:
    if field.id not in headers:
        raise UsageError(
            f"the field {field.id} has no header of its own: an earlier field is found under each of them; "
            "give it one more under `columns:`"
        )
    options = options_of(field)
    criteria = tuple(criterion for criterion in pack.criteria if field.id in criterion.fields)
    return Column(headers[field.id], field, options, accepts(field), criteria, feeds.get(field.id, ()))


def headers_of(pack: Pack) -> dict[str, str]:
    """The header for each field: its label, else its id, else one of its columns.

    A header feeds the first field that claims it (`sources.mapping`). So one that no earlier field claims leads back
    to its field whatever stands beside it, and since each field is given one alone, no second one fits it too.
    """
    owners: dict[str, str] = {}
    for field in pack.fields.values():
        for header in field.columns:
            owners.setdefault(squash(header), field.id)
    found: dict[str, str] = {}
    for field in pack.fields.values():
        for header in (field.label, field.id, *field.columns):
            if squash(header) and owners.get(squash(header)) == field.id:
                found.setdefault(field.id, header)
    return found


def _feeds(pack: Pack) -> dict[str, tuple[str, ...]]:
    """The fields from which one that counts may be inferred, each with the labels of what it may give."""
    found: dict[str, tuple[str, ...]] = {}
    for field in pack.inferable:
        if field.id not in pack.used_fields and field.id not in WHO:
            continue
        for source in dict.fromkeys(_sources(field)):
            found[source] = (*found.get(source, ()), field.label)
    return found


def _sources(field: Field) -> Iterator[str]:
    for rule in field.infer:
        match rule:
            case FromText(sources=sources):
                yield from sources
            case AtMost(field=other):
                yield other
