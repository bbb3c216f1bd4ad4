"""SQL over scored prospects: their order, filters, and the columns of an export."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from psm_qualify.compile.query import PROVISIONAL, VERDICT, Query
from psm_qualify.compile.sql import Column, any_of, literal, name
from psm_qualify.facts.text import FORMULA, MARKED
from psm_qualify.rules.pack import Criterion, Scorecard
from psm_qualify.rules.scoring import OUTCOMES, UNKNOWN_BAND, VERDICTS, points
from psm_qualify.selection import Filter

RANK, TURN = "at__rank", "at__turn"


def order(query: Query, tie: str) -> str:
    """Verdict; then, exact and not rounded, score, potential and known of the primary scorecard; then the others."""
    return f"{keys(query)}, {tie}"


def keys(query: Query) -> str:
    """SQL twin of `rules.scoring.rank_key`."""
    primary, *others = query.pack.rank_by
    totals = [query.card_column(primary, total) for total in ("earned", "most", "least")]
    totals += [query.card_column(card, "earned") for card in others]
    return ", ".join([name(VERDICT), *(f"-{name(total)}" for total in totals)])


def condition(query: Query, chosen: Filter) -> str:
    """A filter as SQL over scored prospects."""
    parts = []
    if chosen.verdicts:
        parts.append(any_of(verdict(), chosen.verdicts))
    for card, bands in chosen.bands.items():
        parts.append(any_of(band(query, query.pack.scorecards[card]), bands))
    if chosen.min_score is not None:
        parts.append(f"{tenths(query, query.pack.primary, 'earned')} >= {literal(chosen.min_score * 10)}")
    if chosen.ranks is not None:
        parts.append(f"{name(RANK)} IN ({', '.join(map(literal, chosen.ranks)) or 'NULL'})")
    if chosen.calls:
        parts.append(f"({name(VERDICT)} <> {VERDICTS.index('disqualified')} OR {name(PROVISIONAL)})")
    return " AND ".join(parts) or "TRUE"


def turn(query: Query, chosen: Filter) -> str:
    """The turn in which a prospect is called, before the rank: where the filter asks for that order."""
    if not chosen.calls:
        return "0"
    primary = query.pack.primary
    bands = " OR ".join(
        f"{band(query, primary)} IS DISTINCT FROM {band(query, primary, total)}" for total in ("least", "most")
    )
    whens = [f"{name(VERDICT)} = {VERDICTS.index('needs_info')}", name(PROVISIONAL), bands]
    turns = " ".join(f"WHEN {when} THEN {number}" for number, when in enumerate(whens))
    return f"CASE {turns} ELSE {len(whens)} END"


def verdict() -> str:
    """The verdict's word."""
    whens = " ".join(f"WHEN {index} THEN {literal(word)}" for index, word in enumerate(VERDICTS))
    return f"CASE {name(VERDICT)} {whens} END"


def tenths(query: Query, card: Scorecard, total: str) -> str:
    """A score in tenths of a point, rounded half up: the SQL twin of `rules.scoring.score_of`."""
    value = name(query.card_column(card.id, total))
    return f"((2000 * (CAST({value} AS BIGINT) - {literal(card.floor)}) + {card.span}) // {2 * card.span})"


def thousandths(query: Query, card: Scorecard) -> str:
    """`known` in thousandths: the SQL twin of `rules.scoring.known_of`."""
    least, most = (name(query.card_column(card.id, total)) for total in ("least", "most"))
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


RANK_HEADER = "psm_rank"
"""The header of the column of a flat export that stands before those of `judged`."""


def twins_header(before: Sequence[str]) -> str:
    """The header of the last column of a flat export; `before` are all others."""
    return _free("psm_duplicates", before)


def judged(query: Query, before: Sequence[str]) -> list[Column]:
    """The columns of an export that say how a prospect was judged; `before` are the headers that stand before them."""
    columns = [Column("psm_verdict", verdict()), Column("psm_provisional", name(PROVISIONAL))]
    for card in query.pack.scorecards.values():
        prefix = f"psm_{query.card_names[card.id]}"
        columns += [
            Column(f"{prefix}_score", _shown(tenths(query, card, "earned"), 1)),
            Column(f"{prefix}_potential", _shown(tenths(query, card, "most"), 1)),
            Column(f"{prefix}_known", _shown(thousandths(query, card), 3)),
            Column(f"{prefix}_band", band(query, card)),
        ]
    for criterion in query.pack.criteria:
        header = f"psm_{query.criteria_names[f'{criterion.scorecard} {criterion.id}']}"
        taken = (*before, *(column.name for column in columns))
        columns.append(Column(_free(header, taken), _outcome(query, criterion)))
    return columns


def _outcome(query: Query, criterion: Criterion) -> str:
    """The word for a criterion's outcome."""
    if query.is_settled(criterion):
        return literal(OUTCOMES[points(criterion, query.settled_outcomes(criterion)).verdict])
    met, unmet, unknown = (literal(OUTCOMES[outcome]) for outcome in (True, False, None))
    value = name(query.criterion_column(criterion))
    return f"CASE {value} WHEN TRUE THEN {met} WHEN FALSE THEN {unmet} ELSE {unknown} END"


def _free(header: str, taken: Collection[str]) -> str:
    """The header, with a number where a column has it already."""
    chosen, count = header, 1
    while chosen in taken:
        count += 1
        chosen = f"{header}_{count}"
    return chosen


def _shown(value: str, places: int) -> str:
    return f"CAST({value} AS DECIMAL(9, 0)) * {literal(Decimal(1).scaleb(-places))}"


def formula_safe(text: str) -> str:
    """SQL twin of `facts.text.formula_safe`."""
    # One function call: the optimizer's time for two thousand CASE expressions grows with their square.
    return f"regexp_replace({text}, {literal(FORMULA)}, {literal(MARKED)})"
