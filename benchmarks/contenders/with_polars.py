"""polars: a lazy scan in the streaming engine, texts that repeat themselves as categories, one-pass patterns for money.

Tried, and slower on this list (CPU seconds at a million rows; the whole takes 1.8):
- to judge a column with few distinct texts (this way 0.02): the distinct texts of each batch, put in by
  `replace_strict` or by way of an Enum (0.07); a join on the categories (0.03); patterns over every cell, as for money
  (0.2). To read all texts into memory first is no faster and takes twice the memory;
- to judge money (0.2): one expression, in which the pattern is searched anew for each use of a group (3.5); a
  pattern that leaves a choice (0.06 more); the distinct sums in plain Python (0.9);
- to write (0.25): 21 columns, as texts (0.9), categories (0.6) or an Enum (0.5); one column with the whole line (0.35).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import judging
import polars as pl
import rules
from command import main
from scoring import OUTCOMES, WEIGHT, numbered

REPEATING = ("Salespeople", "Sales Leader", "Goal Attainment", "Goals Realistic", "Offering", "Years in Business",
             "Asks for Advice", "Industry")  # fmt: skip
_GROUPED = "(?:,[0-9]{3})+"
_WHOLE = f"[0-9](?:[0-9](?:[0-9](?:[0-9]+|{_GROUPED})?|{_GROUPED})?|{_GROUPED})?"  # commas behind up to three digits
USUAL = rf"^\$?({_WHOLE}(?:\.[0-9]+)?)([kKmM])?(?:-([0-9]+(?:\.[0-9]+)?)([kKmM])?)?$"
"""The usual forms of a sum of money: low, its suffix, high, its suffix. No sign leaves a choice: one pass will do."""

Categories = Mapping[str, pl.Categories]


def rank(list_: Path, out: Path, top: int | None) -> None:
    """Ranks a list."""
    categories = {column: pl.Categories(column) for column in REPEATING}
    read = scan(list_, categories).collect(engine="streaming")
    scored = read.select("Record ID", "Company", number(categories))
    table = standings(scored["number"].unique())
    places = pl.DataFrame({"number": range(3 ** len(OUTCOMES))}).join(table, on="number", how="left")["place"]
    placed = scored.with_columns(place=pl.lit(places).gather("number"))
    if top is None:
        placed = placed.sort("place", maintain_order=True)
    else:
        placed = placed.with_row_index().bottom_k(top, by=["place", "index"]).sort("place", "index")
    write(placed.lazy(), table.lazy(), out)


def scan(list_: Path, categories: Categories) -> pl.LazyFrame:
    """The list with money and notes judged, and the columns that repeat themselves as categories."""
    types = dict.fromkeys(rules.INPUT.values(), pl.String())
    types |= {column: pl.Categorical(each) for column, each in categories.items()}
    return pl.scan_csv(list_, schema=types, empty_string_is_null=False).select(
        "Record ID", "Company", *REPEATING,
        pl.col("Annual Revenue").map_batches(affordable, return_dtype=pl.UInt16, is_elementwise=True),
        pl.col("Notes").str.contains(f"(?i){rules.LOYALTY}").cast(pl.UInt16) + judging.UNKNOWN,
    )  # fmt: skip


# -- judging -------------------------------------------------------------------------------------------------------


def affordable(texts: pl.Series) -> pl.Series:
    """Judges sums of money, most of which differ: the usual forms by one pattern, what is left one by one."""
    groups = texts.to_frame("text").lazy().select(pl.col("text").str.extract_groups(USUAL).alias("groups"))
    usual = (
        groups.unnest("groups")
        .with_columns(pl.col("1", "3").str.replace_all(",", "", literal=True).cast(pl.Float64))
        .with_columns(pl.when(pl.col("2").is_null() & (pl.col("1") <= pl.col("3"))).then("4").otherwise("2").alias("2"))
        .select(low=pl.col("1") * times("2"), high=pl.coalesce(pl.col("3") * times("4"), pl.col("1") * times("2")))
        .select(within(*rules.AFFORDABLE).cast(pl.UInt16))
        .collect(engine="in-memory")
        .to_series()
    )
    odd = texts.filter(usual.is_null()).unique()
    outcomes = pl.Series([judging.affordable(text) for text in odd], dtype=pl.UInt16)
    others = texts.replace_strict(odd, outcomes, default=None, return_dtype=pl.UInt16)
    return usual.zip_with(usual.is_not_null(), others)


def times(suffix: str) -> pl.Expr:
    """What a suffix stands for."""
    return pl.when(pl.col(suffix).is_null()).then(1.0).when(pl.col(suffix).is_in(["k", "K"])).then(1e3).otherwise(1e6)


def within(least: float, most: float) -> pl.Expr:
    """Whether an interval lies within limits; upside down it is not understood."""
    low, high = pl.col("low"), pl.col("high")
    inside, outside = (low >= least) & (high <= most), (high < least) | (low > most)
    known = pl.when(inside).then(judging.MET).when(outside).then(judging.NOT_MET).otherwise(judging.UNKNOWN)
    return pl.when(low.is_not_null()).then(pl.when(low > high).then(judging.UNKNOWN).otherwise(known))


def number(categories: Categories) -> pl.Expr:
    """All outcomes of a prospect as one number. Kleene's *or* is the greatest of outcomes, his *and* the least."""

    def judged(column: str, judge: Callable[[str], int]) -> pl.Expr:
        outcomes = pl.Series([judge(text) for text in (*categories[column].to_series(), "")], dtype=pl.UInt16)
        return pl.lit(outcomes).gather(pl.col(column).to_physical().fill_null(len(outcomes) - 1))

    leader, attained = judged("Sales Leader", judging.poorly_led), judged("Goal Attainment", judging.not_exceeded)
    realistic, firm = (judged("Goals Realistic", judge) for judge in (judging.realistic, judging.surely_realistic))
    outcomes = {
        "small": judged("Salespeople", judging.small),
        "gap": pl.max_horizontal(leader, pl.min_horizontal(attained, realistic)),
        "firm_gap": pl.max_horizontal(leader, pl.min_horizontal(attained, firm)),
        "team": judged("Salespeople", judging.team),
        "pair": judged("Salespeople", judging.pair),
        "established": judged("Years in Business", judging.established),
        "affordable": pl.col("Annual Revenue"),
        "advice": judged("Asks for Advice", judging.advice),
        "clientele": pl.max_horizontal(judged("Offering", judging.services), judged("Industry", judging.in_trade)),
        "loyalty": pl.col("Notes"),
    }
    weighted = [outcome * pl.lit(WEIGHT[test], dtype=pl.UInt16) for test, outcome in outcomes.items()]
    return sum(weighted[1:], weighted[0]).alias("number")


# -- ranking and writing -------------------------------------------------------------------------------------------


def standings(numbers: Sequence[int]) -> pl.DataFrame:
    """The place of each set of outcomes, and what the result says of it."""
    found = [numbered(number) for number in numbers]
    places = {key: place for place, key in enumerate(sorted({one.key for one in found}))}
    rest = ",".join(rules.OUTPUT[3:])
    return pl.DataFrame(
        {"number": numbers, "place": [places[one.key] for one in found], rest: [one.rest for one in found]},
        schema={"number": pl.UInt16, "place": pl.UInt16, rest: pl.String},
    )


def write(placed: pl.LazyFrame, table: pl.LazyFrame, out: Path) -> None:
    """Writes prospects in the order of their ranks."""
    id_, name, rank, *rest = rules.OUTPUT
    ranked = placed.with_row_index(rank, 1).join(table, on="number", how="left", maintain_order="left")
    lines = ranked.select(quoted(id_), quoted(name), rank, ",".join(rest))
    lines.sink_csv(out, engine="streaming", quote_style="never")


def quoted(header: str) -> pl.Expr:
    """A column of texts as cells."""
    text, quote = pl.col(header), pl.lit('"')
    escaped = pl.concat_str(quote, text.str.replace_all('"', '""', literal=True), quote)
    return pl.when(text.str.contains('[",\r\n]')).then(escaped).otherwise(text).alias(header)


if __name__ == "__main__":
    main(rank)
