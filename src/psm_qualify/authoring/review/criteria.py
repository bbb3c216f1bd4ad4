"""Checks on criteria: what can come of them, and what that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from psm_qualify.authoring.review.base import Check, Remark, Subject, listed, path_of
from psm_qualify.authoring.review.outcomes import Outcomes
from psm_qualify.rules.conditions import All, Any, Condition, Mentions, Not, Test, Way, tests
from psm_qualify.rules.pack import Criterion
from psm_qualify.rules.places import Path


def _never_met(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        if not found.met and criterion not in subject.pack.required:
            yield _not_met(criterion, "")


def _nobody_qualifies(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        if not found.met and criterion in subject.pack.required:
            yield _not_met(criterion, ", and it is required: nobody can qualify")
    for one, other in combinations(subject.pack.required, 2):
        apart = set(one.fields).isdisjoint(other.fields) or not _can(subject, one) or not _can(subject, other)
        both = None if apart else subject.together([one, other])
        if both is not None and not both.met:
            yield Remark(
                f"{one.id} and {other.id} can't both be met, and both are required: nobody can qualify",
                f"look at what they ask of {listed(field for field in one.fields if field in other.fields)}",
                path_of(other),
                key=True,
            )


def _can(subject: Subject, criterion: Criterion) -> bool:
    """Whether a criterion can be met, as far as that was tried."""
    found = subject.outcomes[criterion]
    return found is None or found.met


def _not_met(criterion: Criterion, consequence: str) -> Remark:
    asked = f"no answers to {listed(criterion.fields)} meet it"
    hint = _hint([level.when for level in criterion.levels])
    return Remark(f"the criterion {criterion.id} can never be met: {asked}{consequence}", hint, _where(criterion, 0))


def _hint(never: Iterable[Condition]) -> str:
    """What to look for in conditions that never hold."""
    if any(_never_false_by_form(part) for condition in never for part in _negated(condition)):
        return "`not` of `mentions` is never met, since silence is unknown: write `matches` in its place"
    return "look for an `all` that should be `any`, a `not` too many, or bounds that exclude one another"


def _negated(condition: Condition) -> Iterator[Condition]:
    """What stands under each `not`."""
    match condition:
        case Not(part):
            yield part
            yield from _negated(part)
        case Way(_, part):
            yield from _negated(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _negated(part)


def _never_false_by_form(condition: Condition) -> bool:
    """Whether `mentions`, for which silence is unknown, keeps a condition from ever being not met."""
    match condition:
        case All(parts):
            return all(map(_never_false_by_form, parts))
        case Any(parts):
            return any(map(_never_false_by_form, parts))
        case Way(_, part):
            return _never_false_by_form(part)
        case _:
            return isinstance(condition, Mentions)


def _always_met(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        if found.met and not found.not_met and not found.unknown:
            yield Remark(
                f"the criterion {criterion.id} is met by everybody, whatever is known of {listed(criterion.fields)}",
                "ask for something that may also not be so, or take the criterion out",
                _where(criterion, 0),
            )


def _only_mentions(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        if _never_false(found) and _mentions(criterion):
            alone = all(isinstance(test, Mentions) for test in _tests(criterion))
            what = "it" if alone else "one of its ways"
            yield Remark(
                f"the criterion {criterion.id} can be met or unknown, never not met: {what} rests on `mentions`, "
                "and silence is no evidence",
                "let `matches` look for a pattern (not found is not met), or ask a question that can be answered no",
                _where(criterion, 0),
            )


def _never_not_met(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        if _never_false(found) and not _mentions(criterion):
            yield Remark(
                f"the criterion {criterion.id} can be met or unknown, never not met: any answer to "
                f"{listed(criterion.fields, 'or')} meets it or leaves it open",
                "leave an answer out that should not meet it; to ask whether something is known, write "
                "{field: {known: yes}}",
                _where(criterion, 0),
            )


def _mentions(criterion: Criterion) -> bool:
    return any(isinstance(test, Mentions) for test in _tests(criterion))


def _never_false(found: Outcomes) -> bool:
    return found.met and found.unknown and not found.not_met


def _tests(criterion: Criterion) -> Iterator[Test]:
    for level in criterion.levels:
        yield from tests(level.when)


def _where(criterion: Criterion, level: int) -> Path:
    """Where the condition of a criterion, or of one of its levels, begins."""
    only = len(criterion.levels) == 1
    return path_of(criterion) if only else path_of(criterion, "levels", level, "when")


def _level_never(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        for number, level in enumerate(criterion.levels):
            if found.met and number not in found.holding:
                called = f" ({level.say})" if level.say else ""
                yield Remark(
                    f"level {number + 1}{called} of {criterion.id} can never hold: no answers meet its condition",
                    _hint([level.when]),
                    path_of(criterion, "levels", number, "when"),
                    key=True,
                )


def _shadowed(subject: Subject) -> Iterator[Remark]:
    for criterion, found in subject.judged:
        for number in sorted(found.holding - found.reached):
            earlier = [before for before in range(number) if (number, before) not in found.apart]
            by = f"level {earlier[0] + 1}" if earlier else "one of the levels before it"
            place = subject.source.places.locate(path_of(criterion, "levels", earlier[0] if earlier else 0))
            say = criterion.levels[number].say
            yield Remark(
                f"level {number + 1}{f' ({say})' if say else ''} of {criterion.id} is never reached: wherever it "
                f"holds, {by} (line {place.line}) holds, too, and the first that holds counts",
                "put the level that asks for more before the one that asks for less",
                path_of(criterion, "levels", number, "when"),
                key=True,
            )


def _no_points(subject: Subject) -> Iterator[Remark]:
    for criterion in subject.pack.criteria:
        if criterion.span == 0 and criterion not in subject.pack.required and not criterion.advice:
            yield Remark(
                f"the criterion {criterion.id} gives {criterion.otherwise} points however it comes out: it changes "
                "nothing",
                "give it points that differ from its `otherwise` (0 where that is left out), or take it out",
                path_of(criterion),
                key=True,
            )


def _levels_alike(subject: Subject) -> Iterator[Remark]:
    for criterion in subject.pack.criteria:
        points = {level.points for level in criterion.levels}
        if len(criterion.levels) > 1 and len(points) == 1 and criterion.span and not criterion.names:
            yield Remark(
                f"all levels of {criterion.id} give the same {points.pop()} points, so which one holds is of no matter",
                "give them different points, name them with `say`, or write one `when` with `any: [...]`",
                path_of(criterion, "levels"),
                key=True,
            )


def _required_elsewhere(subject: Subject) -> Iterator[Remark]:
    primary = subject.pack.primary.id
    for criterion in subject.pack.criteria:
        if criterion.required and criterion.scorecard != primary:
            yield Remark(
                f"the criterion {criterion.id} is required, but {criterion.scorecard} is not the primary scorecard: "
                "it has no say in the verdict",
                f"move it to {primary}, name {criterion.scorecard} first in rank_by, or take `required` out",
                path_of(criterion, "required"),
                key=True,
            )


def _no_source(subject: Subject) -> Iterator[Remark]:
    for criterion in subject.pack.criteria:
        card = subject.shape.scorecards[criterion.scorecard]
        if not (criterion.source or criterion.note or card.source):
            yield Remark(
                f"the criterion {criterion.id} does not say on whose authority it stands",
                "add `source:` (a statement, a book, a person), or `note:` where it is your own view",
                path_of(criterion),
                key=True,
            )


CHECKS = (
    Check(
        "never-met",
        "A criterion can never be met.",
        "Every combination of answers to the fields of the criterion was tried, a missing answer included: none meets "
        "it. Most often an `all` stands where `any` was meant, or two bounds exclude one another, such as more than 6 "
        "and less than 3. Its points are never earned.",
        _never_met,
    ),
    Check(
        "nobody-qualifies",
        "A required criterion can never be met, or two of them never together, so nobody can qualify.",
        "All required criteria of the primary scorecard must be met for the verdict qualified. That can't be, whatever "
        "is answered: every combination of answers to their fields was tried. Most often an `all` stands where "
        "`any` was meant, or two bounds exclude one another.",
        _nobody_qualifies,
        "error",
    ),
    Check(
        "always-met",
        "A criterion is met by everybody.",
        "Every combination of answers to the fields of the criterion was tried, a missing answer included: all meet "
        "it. So it tells nobody from anybody, and only lifts every score alike. Numbers below 0 are tried, too: that "
        "a count can't be one is not known here, so `at_least: 0` passes.",
        _always_met,
    ),
    Check(
        "only-mentions",
        "A criterion rests on `mentions`, alone or in one of its ways, so it can never be not met.",
        "Silence is no evidence: where a text does not mention a thing, that is unknown. So the criterion is met or "
        "stays unknown for ever, and its `otherwise` is never earned. Where a text that lacks the words is to count "
        "against a prospect, let `matches` look for a pattern; better, ask a question that can be answered no.",
        _only_mentions,
    ),
    Check(
        "never-not-met",
        "A criterion can be met or unknown, but never not met.",
        "No answer to its fields makes it not met, so once anything is known it says nothing, and its `otherwise` is "
        "never earned. Most often a list names every choice. Where it is meant to ask whether a fact is known at "
        "all, say so with {field: {known: yes}}.",
        _never_not_met,
    ),
    Check(
        "level-never-holds",
        "A level can never hold.",
        "Every combination of answers to the fields of the criterion was tried: the condition of this level is met "
        "by none. Its points are never earned and its name is never shown.",
        _level_never,
    ),
    Check(
        "level-shadowed",
        "A level is never reached: an earlier one holds wherever it does.",
        "Of the levels of a criterion the first that holds counts. So the level that asks for most goes first: "
        "at_least 10 before at_least 5, since whatever is at least 10 is also at least 5.",
        _shadowed,
    ),
    Check(
        "points-alike",
        "A criterion gives the same points however it comes out.",
        "Neither the score nor anything else depends on it. A criterion that is required, or that carries advice, "
        "may well have no points: then its outcome matters, and nothing is said.",
        _no_points,
    ),
    Check(
        "levels-alike",
        "All levels of a criterion give the same points, and none has a name.",
        "Levels exist to give different points, or to name what holds (`say`). These do neither: one `when` with "
        "`any: [...]` says the same and is easier to read.",
        _levels_alike,
    ),
    Check(
        "required-elsewhere",
        "A criterion outside the primary scorecard is required.",
        "The verdict comes from the required criteria of the primary scorecard, the first in rank_by. `required` has "
        "no effect anywhere else, so whoever reads it is misled.",
        _required_elsewhere,
    ),
    Check(
        "no-source",
        "A criterion does not say on whose authority it stands.",
        "Whoever is told that a prospect lacks points will ask who says so. `source` of the criterion names the "
        "statement; `source` of its scorecard stands for all of its criteria; a `note` says that it is your own "
        "reading. Any of them will do.",
        _no_source,
        of_author=True,
    ),
)
