"""SQL over scored prospects: their order, filters, and the columns of an export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from psm_qualify.compile.query import Query
from psm_qualify.compile.sql import Column, any_of, literal, name
from psm_qualify.rules.pack import Scorecard
from psm_qualify.rules.scoring import UNKNOWN_BAND, VERDICTS, points
from psm_qualify.selection import Filter


def order(query: Query, tie: str) -> str:
    """Verdict; then, exact and not rounded, score, potential and known of the primary scorecard; then the others."""
    primary, *others = query.pack.rank_by
    keys = [name("verdict")]
    # Equal span and equal potential: more is known where the least is higher.
    keys += [f"{name(f'{query.card_names[primary]}__{total}')} DESC" for total in ("earned", "most", "least")]
    keys += [f"{name(f'{query.card_names[card]}__earned')} DESC" for card in others]
    return ", ".join([*keys, tie])


def condition(query: Query, chosen: Filter) -> str:
    """A filter as SQL over scored prospects."""
    parts = []
    if chosen.verdicts:
        parts.append(any_of(verdict(), chosen.verdicts))
    for card, bands in chosen.bands.items():
        parts.append(any_of(band(query, query.pack.scorecards[card]), bands))
    if chosen.min_score is not None:
        parts.append(f"{tenths(query, query.pack.primary, 'earned')} >= {literal(chosen.min_score * 10)}")
    return " AND ".join(parts) or "TRUE"


def verdict() -> str:
    """The verdict's word."""
    whens = " ".join(f"WHEN {index} THEN {literal(word)}" for index, word in enumerate(VERDICTS))
    return f"CASE {name('verdict')} {whens} END"


def tenths(query: Query, card: Scorecard, total: str) -> str:
    """A score in tenths of a point, rounded half up: the SQL twin of `rules.scoring.score_of`."""
    value = name(f"{query.card_names[card.id]}__{total}")
    return f"((2000 * (CAST({value} AS BIGINT) - {literal(card.floor)}) + {card.span}) // {2 * card.span})"


def thousandths(query: Query, card: Scorecard) -> str:
    """`known` in thousandths: the SQL twin of `rules.scoring.known_of`."""
    least, most = (name(f"{query.card_names[card.id]}__{total}") for total in ("least", "most"))
    return f"((2000 * ({card.span} - (CAST({most} AS BIGINT) - {least})) + {card.span}) // {2 * card.span})"


def band(query: Query, card: Scorecard, total: str = "earned") -> str:
    """The band of a rounded score; with `earned`, `unknown` below the share of evidence."""
    score = tenths(query, card, total)
    whens = [f"WHEN {score} >= {literal(each.at_least * 10)} THEN {literal(each.id)}" for each in card.bands]
    if total == "earned":
        whens.insert(
            0, f"WHEN {thousandths(query, card)} < {literal(card.min_known * 1000)} THEN {literal(UNKNOWN_BAND)}"
        )
    return f"CASE {' '.join(whens)} END"


def export(query: Query, who: Mapping[str, str]) -> list[Column]:
    """The columns of a flat export. `who` gives the header of the id and name columns, which come first."""
    columns = [Column(header, formula_safe(name(f"who__{field}"))) for field, header in who.items()]
    columns += [
        Column("psm_rank", name("rank")),
        Column("psm_verdict", verdict()),
        Column("psm_provisional", name("provisional")),
    ]
    for card in query.pack.scorecards.values():
        prefix = f"psm_{query.card_names[card.id]}"
        columns += [
            Column(f"{prefix}_score", _shown(tenths(query, card, "earned"), 1)),
            Column(f"{prefix}_potential", _shown(tenths(query, card, "most"), 1)),
            Column(f"{prefix}_known", _shown(thousandths(query, card), 3)),
            Column(f"{prefix}_band", band(query, card)),
        ]
    for criterion in query.pack.criteria:
        slug = query.criteria_names[f"{criterion.scorecard} {criterion.id}"]
        if query.is_settled(criterion):
            outcome = points(criterion, query.settled_outcomes(criterion)).verdict
            columns.append(Column(f"psm_{slug}", literal({True: "met", False: "not met", None: "unknown"}[outcome])))
        else:
            value = name(query.criterion_column(criterion))
            columns.append(
                Column(f"psm_{slug}", f"CASE {value} WHEN TRUE THEN 'met' WHEN FALSE THEN 'not met' ELSE 'unknown' END")
            )
    return columns


def _shown(value: str, places: int) -> str:
    return f"CAST({value} AS DECIMAL(9, 0)) * {literal(Decimal(1).scaleb(-places))}"


_FORMULA = r"^([=@\t\r]|[+-][0-9.,]*[^0-9.,])"  # what a spreadsheet would run; a number with a sign is none
_MARKED = r"'\1"


def formula_safe(text: str) -> str:
    """SQL for a text that no spreadsheet runs as a formula: an apostrophe stands before it."""
    # One function call: the optimizer's time for two thousand CASE expressions grows with their square.
    return f"regexp_replace({text}, {literal(_FORMULA)}, {literal(_MARKED)})"


def safe_header(header: str) -> str:
    """The same for a header."""
    return re.sub(_FORMULA, _MARKED, header)
