"""The rule language as frozen models: the shape of a pack, before its literals are read.

Field names are the keys that a rule author writes. Every scalar arrives as text; pydantic gives it its type.
What needs knowledge of other parts of the pack (a name, a literal's type) is checked where it is bound.

The descriptions here are what authors read: in their editor (`authoring/schema.py`) and in the reference. What a
validator takes beyond its type says `json_schema_input_type`; a `title` names a kind of value in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

RESERVED = ("all", "any", "not", "say")
"""Words that a condition uses itself, so that no field can be called by them."""


class Model(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    implied: ClassVar[str | None] = None
    """The key that nobody writes: it gathers what stands beside the others."""
    partial: ClassVar[bool] = False
    """Whether it merges by its keys, so that one file may hold only some of them."""


def _share(value: Any) -> Any:
    """`25%` -> 0.25. Without the sign it could mean either, so the sign is required."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        share = Decimal(text.removesuffix("%").strip()) / 100
        possible = 0 <= share <= 1
    except ArithmeticError:
        share, possible = Decimal(0), False
    if possible and text.endswith("%"):
        return share
    hint = f"write {text}%" if possible else "write it like 25%"
    raise PydanticCustomError("share", "a share from 0% to 100% is needed here", {"hint": hint})


def says_yes(text: Any) -> bool:
    """Whether a text is a yes, read as the models read it."""
    try:
        return TypeAdapter(bool).validate_python(text)
    except ValidationError:
        return False


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Text: TypeAlias = Annotated[str, Field(min_length=1)]
Texts: TypeAlias = Annotated[
    tuple[Text, ...], BeforeValidator(_one_or_many, json_schema_input_type=Text | tuple[Text, ...])
]
ShareText: TypeAlias = Annotated[str, Field(pattern=r"^\s*[0-9.]+\s*%\s*$", title="share such as 25%")]
Share: TypeAlias = Annotated[Decimal, BeforeValidator(_share, json_schema_input_type=ShareText)]
Points: TypeAlias = Annotated[int, Field(ge=-100_000, le=100_000)]
TypeName: TypeAlias = Literal["number", "money", "percent", "duration", "yes_no", "choice", "text"]


class Header(Model, title="Pack"):
    """Who the pack is, and which scorecards rank."""

    partial = True

    name: Text = Field(description="A short name for scripts.")
    title: str = Field(default="", description="What people call it. Left out, the name.")
    version: str = Field(default="0", description="The version of the rules; results name it.")
    rank_by: Texts = Field(
        default=(),
        description="The scorecards that order the list, the most important first. The first is the primary one: its "
        "required criteria give the verdict. Left out, the first scorecard.",
    )
    unknown_values: Texts = Field(
        default=(), description="Texts that say nothing, beside n/a, unknown, tbd and the like: such cells are unknown."
    )


class Inference(Model, title="Inference"):
    """Where a value may come from when the field's own cell is blank: a pattern in text (`from`, `find`, `value`), job
    titles (`contacts` with `count` or `value`), or another number as a bound (`at_most`)."""

    from_: Texts = Field(default=(), alias="from", description="The text fields in which `find` is looked for.")
    find: Text | None = Field(
        default=None,
        description="A pattern that is looked for in small letters with single spaces; its first match counts. <name> "
        "stands for a phrase.",
    )
    unless: Text | None = Field(
        default=None, description="A pattern that spoils a sentence: what `find` finds there is passed over."
    )
    contacts: Text | None = Field(
        default=None, description="A pattern that is looked for in the job titles of the contact list."
    )
    count: Literal["at_least", "exact"] | None = Field(
        default=None, description="The number of job titles that match is the value: that many or more, or exactly."
    )
    value: Text | None = Field(
        default=None, description="The value where something is found. $1 is what the first group of `find` caught."
    )
    at_most: Text | None = Field(
        default=None, description="Another number field: there are at most as many, where nothing else says."
    )


_REPLACE = "Whether it takes the place of the one with its name in the layer below."


class FieldSpec(Model, title="Field"):
    """A fact about a prospect: its type, its question, the headers it may stand under."""

    type: TypeName = Field(
        description="How its cells are read: number, money, percent and duration as amounts and ranges of them, "
        "yes_no, choice as one of its choices, text as it stands."
    )
    label: str = Field(default="", description="What people call it. Left out, its id in words.")
    question: str = Field(default="", description="The question that elicits it, as it is asked in a conversation.")
    columns: Texts = Field(
        default=(), description="Headers it may stand under, the best first; case and punctuation do not matter."
    )
    units: Texts = Field(default=(), description="Words that may follow its number, such as people or a month.")
    words: Mapping[Text, Text] = Field(
        default_factory=dict, description="Phrases that stand for a value, such as most: over 50%."
    )
    choices: Mapping[Text, Texts] = Field(
        default_factory=dict,
        description="The names that a choice may have, each with its synonyms; /…/ is a pattern that is looked for.",
    )
    assume: Text | None = Field(
        default=None, description="The value taken where it is unknown: always shown as assumed, and still asked."
    )
    infer: tuple[Inference, ...] = Field(
        default=(), description="Where its value may come from when its own cell is blank; the first that yields one."
    )
    replace: bool = Field(default=False, description=_REPLACE)


def _as_operators(value: Any) -> Any:
    """A bare value is `is`, a bare list `one_of`."""
    if isinstance(value, str):
        return {"is": value}
    return {"one_of": value} if isinstance(value, list) else value


class Test(Model, title="Test"):
    """What is asked of one field. Every operator that is given must hold. A value alone is `is`, a list alone `one_of`.
    Values are written as the field reads them; a percent needs its sign, a choice is named by its own name."""

    is_: Text | None = Field(default=None, alias="is", description="It is this value; a range holds all within it.")
    is_not: Text | None = Field(default=None, description="It is another value.")
    one_of: Texts | None = Field(default=None, description="It is one of these.")
    none_of: Texts | None = Field(default=None, description="It is none of these.")
    between: Annotated[tuple[Text, ...], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="From the first to the second, both included."
    )
    at_least: Text | None = Field(default=None, description="This much or more.")
    at_most: Text | None = Field(default=None, description="This much or less.")
    more_than: Text | None = Field(default=None, description="More than this.")
    less_than: Text | None = Field(default=None, description="Less than this.")
    mentions: Texts | None = Field(
        default=None, description="One of these words or phrases stands in the text. Not found is unknown, not a no."
    )
    matches: Text | None = Field(default=None, description="This pattern is found in the text. Not found is not met.")
    known: bool | None = Field(default=None, description="Whether there is a value at all: never unknown itself.")


FieldTest: TypeAlias = Annotated[
    Test, BeforeValidator(_as_operators, json_schema_input_type=Text | tuple[Text, ...] | Test)
]


def _gather_tests(value: Any) -> Any:
    """What stands beside all, any, not and say tests a field; a list of mappings can't, so it is a misspelt key."""
    if not isinstance(value, dict):
        return value
    tests = {key: test for key, test in value.items() if key not in RESERVED and _may_test(key, test)}
    others = {key: part for key, part in value.items() if key not in tests}
    return {**others, "tests": tests} if tests or not others.keys() - {"say"} else others


def _may_test(key: str, value: Any) -> bool:
    misspelt = isinstance(value, list) and any(isinstance(item, dict) for item in value)
    return not misspelt or key == ConditionModel.implied


class ConditionModel(Model, title="Condition"):
    """Either `all`, `any` or `not`, or else tests on fields, all of which must hold: `{staff: 3, trade: homes}`."""

    implied = "tests"

    all: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = Field(
        default=None, description="Every one of these must hold."
    )
    any: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = Field(
        default=None, description="One of these must hold."
    )
    not_: Condition | None = Field(default=None, alias="not", description="This must not hold.")
    tests: Annotated[Mapping[str, FieldTest], Field(min_length=1)] | None = Field(
        default=None, description="The id of a field, and what is asked of it."
    )
    say: str | None = Field(default=None, description="The name of this way in; it is shown where it holds.")


Condition: TypeAlias = Annotated[ConditionModel, BeforeValidator(_gather_tests)]
ConditionModel.model_rebuild()  # it names Condition, and so itself


class Level(Model, title="Level"):
    """One step of a criterion: the first level that holds counts."""

    when: Condition = Field(description="What must hold.")
    points: Points = Field(description="What it earns.")
    say: str | None = Field(default=None, description="The name of the level; it is shown where it holds.")


class Advice(Model, title="Advice"):
    """What to do, and whom it is for."""

    for_: Literal["consultant", "prospect"] = Field(
        alias="for", description="Whom it is for: the consultant (what to do next), or the prospect (what to coach)."
    )
    say: Text = Field(description="The advice, in the imperative.")
    source: str | None = Field(default=None, description="What it rests on. Left out, the source of its owner.")
    topic: Text | None = Field(
        default=None, description="Of the advice to one audience on one topic only the most important stands."
    )


class CriterionAdvice(Advice, title="Advice of a criterion"):
    """What to do where a criterion came out in a certain way, and whom it is for."""

    when: Text = Field(
        default="met", description="met, not met or unknown, or the name (`say:`) of one of its ways or levels."
    )


class Criterion(Model, title="Criterion"):
    """A test on fields, worth points: `when` with `points`, or `levels`."""

    title: str = Field(default="", description="What people call it. Left out, its id in words.")
    required: bool = Field(
        default=False, description="Whether the verdict hangs on it (in the primary scorecard): not met disqualifies."
    )
    when: Condition | None = Field(default=None, description="What must hold for its points.")
    points: Points | None = Field(default=None, description="What it earns when met; less than 0 takes away.")
    levels: tuple[Level, ...] = Field(
        default=(), description="In place of `when` and `points`: steps, of which the first that holds counts."
    )
    otherwise: Points = Field(default=0, description="What it earns when it is not met.")
    source: str | None = Field(default=None, description="What it rests on: a statement, a page, a person.")
    note: str | None = Field(default=None, description="What readers should know, such as what is your own reading.")
    advice: tuple[CriterionAdvice, ...] = Field(default=(), description="What to do, by how it came out.")
    replace: bool = Field(default=False, description=_REPLACE)

    @property
    def steps(self) -> tuple[Level, ...]:
        """The levels; `when` with `points` is one level."""
        if self.when is not None:
            return (Level(when=self.when, points=self.points or 0),)
        return self.levels


class Band(Model, title="Band"):
    """A named range of the score, up to the next higher band. The lowest starts at 0."""

    at_least: Annotated[Decimal, Field(ge=0, le=100)] = Field(description="The score from which it begins: 0 to 100.")
    title: str = Field(default="", description="What people call it. Left out, its id.")
    source: str | None = Field(default=None, description="What it rests on.")
    advice: tuple[Advice, ...] = Field(default=(), description="What to do with those who fall into it.")
    replace: bool = Field(default=False, description=_REPLACE)


class Scorecard(Model, title="Scorecard"):
    """Named criteria whose points make a score from 0 to 100, cut into bands."""

    partial = True

    title: str = Field(default="", description="What people call it. Left out, its id in words.")
    source: str | None = Field(default=None, description="What it rests on.")
    min_known: Share = Field(
        default=Decimal(0), description="The share of evidence below which the band is unknown, such as 25%."
    )
    criteria: Annotated[Mapping[str, Criterion], Field(min_length=1)] = Field(
        description="What earns points, by id, in the order in which it is shown."
    )
    bands: Annotated[Mapping[str, Band], Field(min_length=1)] = Field(description="The ranges of the score, by id.")
    replace: bool = Field(default=False, description=_REPLACE)


class ExpectScorecard(Model, title="Expected of a scorecard"):
    """What a test expects of one scorecard. What is left out may be anything."""

    band: str | None = Field(default=None, description="The band by what is proven, or unknown.")
    best_band: str | None = Field(default=None, description="The best band that it could become.")
    worst_band: str | None = Field(default=None, description="The worst band that it could become.")
    score: Decimal | None = Field(default=None, description="What is proven, from 0 to 100, with one decimal.")
    low: Decimal | None = Field(default=None, description="The least that the score could become.")
    high: Decimal | None = Field(default=None, description="The most that the score could become.")
    potential: Decimal | None = Field(default=None, description="Another word for high.")
    known: Decimal | None = Field(default=None, description="The share that is settled, from 0 to 1.")


Verdict: TypeAlias = Literal["qualified", "needs_info", "disqualified"]
Outcome: TypeAlias = Literal["met", "not met", "unknown"]
OutcomeText: TypeAlias = Literal["met", "not met", "not_met", "unknown"]


def _spaced(value: Any) -> Any:
    return value.replace("_", " ") if isinstance(value, str) else value


class Expectation(Model, title="Expected"):
    """What a test expects: a verdict, criteria by id, and beside them scorecards by id. What is left out may be
    anything."""

    implied = "scorecards"

    verdict: Verdict | None = Field(default=None, description="What the required criteria come to.")
    provisional: bool | None = Field(default=None, description="Whether assumed values decide the verdict.")
    criteria: Mapping[str, Annotated[Outcome, BeforeValidator(_spaced, json_schema_input_type=OutcomeText)]] = Field(
        default_factory=dict, description="How criteria come out, by id (or scorecard.id)."
    )
    scorecards: Mapping[str, ExpectScorecard] = Field(
        default_factory=dict, description="The id of a scorecard, and what is expected of it."
    )


def _gather_scorecards(value: Any) -> Any:
    """A mapping beside the keys that are known is a scorecard's; anything else is a misspelt key."""
    if not isinstance(value, dict):
        return value
    cards = {key: item for key, item in value.items() if _may_expect(key, item)}
    others = {key: item for key, item in value.items() if key not in cards}
    return {**others, "scorecards": cards} if cards else others


def _may_expect(key: str, value: Any) -> bool:
    own = key in ("verdict", "provisional", "criteria")
    return not own and (isinstance(value, dict) or key == Expectation.implied)


class RuleTest(Model, title="Test case"):
    """A case beside the rules: a prospect's cells, and what must come out."""

    name: Text = Field(description="What the case shows, in words.")
    prospect: Mapping[str, str] = Field(
        description="Its cells by field, written as in a list. A field that is left out is unknown."
    )
    expect: Annotated[Expectation, BeforeValidator(_gather_scorecards)] = Field(description="What must come out.")


class PackModel(Model, title="Rule file"):
    """The rules of psm-qualify: one file of a pack, or the whole of it. A pack is read from all its files in name
    order; fields, scorecards, criteria and bands merge by id."""

    partial = True

    pack: Header = Field(description="Who the pack is, and which scorecards rank.")
    phrases: Mapping[Text, Text] = Field(
        default_factory=dict, description="Parts of patterns by name, used in patterns as <name>."
    )
    fields: Annotated[Mapping[str, FieldSpec], Field(min_length=1)] = Field(
        description="The facts about a prospect, by id."
    )
    scorecards: Annotated[Mapping[str, Scorecard], Field(min_length=1)] = Field(
        description="What prospects are judged by, by id."
    )
    tests: tuple[RuleTest, ...] = Field(default=(), description="Cases beside the rules, run by `rules test`.")
