"""The tests of a pack: its own prospects through the engine, and every expectation that did not come true."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from psm_qualify.assess import Assessment
from psm_qualify.engines.base import Engine
from psm_qualify.errors import Place, UsageError, nearest
from psm_qualify.facts.text import shortened
from psm_qualify.results import CriterionResult
from psm_qualify.rules.loader import PackSource
from psm_qualify.rules.model import ExpectScorecard, RuleTest, Verdict
from psm_qualify.rules.pack import Pack
from psm_qualify.rules.scoring import OUTCOMES
from psm_qualify.scoring import Ranking, score

_BANDS = ("band", "best_band", "worst_band")
_PLACES = {"score": 1, "low": 1, "high": 1, "potential": 1, "known": 3}
"""The figures of a scorecard that a test may expect, and the decimals with which they are shown."""


@dataclass(frozen=True, slots=True)
class Miss:
    """An expectation that did not come true, and the scorecard that it is about."""

    what: str  # verdict, provisional, scorecard.figure, or a criterion as the test names it
    expected: str
    got: str
    scorecard: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one test came out: where it stands, what was found of its prospect, what did not come true."""

    test: RuleTest
    place: Place
    found: Assessment
    misses: tuple[Miss, ...]

    @property
    def passed(self) -> bool:
        """Whether everything that it expects came true."""
        return not self.misses

    @property
    def concerned(self) -> tuple[str, ...]:
        """The scorecards of what did not come true, each once."""
        return tuple(dict.fromkeys(miss.scorecard for miss in self.misses))

    def trace(self, scorecard: str) -> tuple[CriterionResult, ...]:
        """How each criterion of a scorecard came out."""
        return tuple(one for one in self.found.criteria if one.criterion.scorecard == scorecard)


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """How the tests of a pack came out, in their order. `verdicts` are the engine's own counts."""

    pack: Pack
    cases: tuple[CaseResult, ...]
    verdicts: Mapping[Verdict, int]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The tests that did not pass."""
        return tuple(case for case in self.cases if not case.passed)


def run_suite(source: PackSource, *, name_holds: str = "", engine: Engine | None = None) -> SuiteResult:
    """Runs the pack's tests as one list. `name_holds`: only those with this text in their name, in any case.

    Raises UsageError where there is no test to run.
    """
    numbers = _chosen(source.pack, name_holds)
    with tempfile.TemporaryDirectory(prefix="psm-qualify-") as folder:
        path = Path(folder, "tests.jsonl")
        _write_list(path, source.pack, numbers)
        # A column of tests is no column of a list: how one writes its numbers says nothing of the others.
        mapping = {field: field for field in source.pack.fields}
        with score([path], source.pack, mapping=mapping, decimal="point", engine=engine) as ranking:
            return _result(source, numbers, ranking)


def misses(pack: Pack, test: RuleTest, found: Assessment) -> tuple[Miss, ...]:
    """Every expectation of a test that did not come true."""
    return tuple(miss for miss in _checked(pack, test, found) if miss is not None)


# -- the list ----------------------------------------------------------------------------------------------------


def _chosen(pack: Pack, name_holds: str) -> list[int]:
    if not pack.tests:
        raise UsageError(_how_to_write_one(pack))
    wanted = name_holds.casefold()
    numbers = [number for number, test in enumerate(pack.tests) if wanted in test.name.casefold()]
    if not numbers:
        near = nearest(name_holds, [test.name for test in pack.tests])
        hint = f"; did you mean {shortened(near)!r}?" if near else ""
        count = f"none of the {len(pack.tests)} tests has" if len(pack.tests) > 1 else "the one test does not have"
        raise UsageError(f"-k {name_holds}: {count} that in its name{hint}")
    return numbers


def _how_to_write_one(pack: Pack) -> str:
    """What to say of a pack without tests: a case to fill in, with names of its own."""
    criterion = pack.required[0]
    outcome = f"{{verdict: qualified, criteria: {{{criterion.id}: met}}}}"
    dropped = " (where a layer replaces something, the tests below it are dropped)" if len(pack.origin) > 1 else ""
    return (
        f"{' + '.join(pack.origin)}: there is no test in these rules{dropped}; add one to a rule file, such as\n\n"
        f"tests:\n  - name: what this case shows\n    prospect: {{{criterion.fields[0]}: what a cell may say}}\n"
        f"    expect: {outcome}"
    )


def _write_list(path: Path, pack: Pack, numbers: Sequence[int]) -> None:
    """Writes the prospects as JSON Lines, where neither headers nor numbers have to be found out."""
    marker = "number of the test"  # a prospect of which nothing is known would be a blank line without it
    while marker in pack.fields:
        marker += "_"
    with path.open("w", encoding="utf-8") as out:
        for number in numbers:
            given = pack.tests[number].prospect
            cells = {field: given.get(field, "").encode(errors="replace").decode() for field in pack.fields}
            out.write(json.dumps({marker: str(number), **cells}) + "\n")


def _result(source: PackSource, numbers: Sequence[int], ranking: Ranking) -> SuiteResult:
    judged = {case.place.row: ranking.judge.assess(case) for case in ranking.cases()}
    cases = []
    for row, number in enumerate(numbers, 1):
        test, found = source.pack.tests[number], judged[row]
        place = source.places.locate(("tests", number))
        cases.append(CaseResult(test, place, found, misses(source.pack, test, found)))
    return SuiteResult(source.pack, tuple(cases), ranking.summary.verdicts)


# -- expectations ------------------------------------------------------------------------------------------------


def _checked(pack: Pack, test: RuleTest, found: Assessment) -> Iterator[Miss | None]:
    expect, primary = test.expect, pack.primary.id
    yield _unless_same("verdict", expect.verdict, found.verdict, primary)
    yield _unless_same("provisional", _yes_no(expect.provisional), _yes_no(found.provisional), primary)
    for name, expected in expect.scorecards.items():
        yield from _checked_scorecard(name, expected, found)
    for name, outcome in expect.criteria.items():
        for result in _named(name, found):
            yield _unless_same(name, outcome, OUTCOMES[result.verdict], result.criterion.scorecard)


def _checked_scorecard(name: str, expected: ExpectScorecard, found: Assessment) -> Iterator[Miss | None]:
    card = found.scorecards[name]
    for key in _BANDS:
        yield _unless_same(f"{name}.{key}", getattr(expected, key), getattr(card, key), name)
    for key, places in _PLACES.items():
        want, got = getattr(expected, key), getattr(card, "high" if key == "potential" else key)
        if want is not None and not _shown_alike(want, got, places):
            yield Miss(f"{name}.{key}", _figure(want, places), _figure(got, places), name)


def _unless_same(what: str, expected: str | None, got: str | None, scorecard: str) -> Miss | None:
    if expected is None or expected == got:
        return None
    return Miss(what, expected, str(got), scorecard)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _named(name: str, found: Assessment) -> list[CriterionResult]:
    """The criteria that a test means: `scorecard.id`, or an id by itself, in whatever scorecards it stands."""
    return [
        one for one in found.criteria if name in (one.criterion.id, f"{one.criterion.scorecard}.{one.criterion.id}")
    ]


def _shown_alike(want: Decimal, got: Decimal, places: int) -> bool:
    """Whether a number, rounded half up, is the one that is shown. (Comparing is exact, whatever its size.)"""
    half = Decimal(5).scaleb(-places - 1)
    return got - half <= want < got + half


def _figure(value: Decimal, places: int) -> str:
    """With the decimals that are shown; with all of its own where that would be another number."""
    if not -1_000_000 < value < 1_000_000:  # nothing is rounded that is far from any score
        return str(value)
    shown = f"{value:.{places}f}"
    return shown if Decimal(shown) == value else str(value)
