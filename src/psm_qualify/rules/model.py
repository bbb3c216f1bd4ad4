"""The rule language as frozen models: the shape of a pack, before its literals are read.

Field names are the keys that a rule author writes. Every scalar arrives as text; pydantic gives it its type.
What needs knowledge of other parts of the pack (a name, a literal's type) is checked where it is bound.
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
Texts: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
Share: TypeAlias = Annotated[Decimal, BeforeValidator(_share)]
Points: TypeAlias = Annotated[int, Field(ge=-100_000, le=100_000)]
TypeName: TypeAlias = Literal["number", "money", "percent", "duration", "yes_no", "choice", "text"]


class Header(Model):
    """`pack:` who the pack is, and which scorecards rank."""

    name: Text
    title: str = ""
    version: str = "0"
    rank_by: Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)] = ()
    unknown_values: Texts = ()


class Inference(Model):
    """Where a value may come from when the field's own cell is blank: a pattern in text, job titles, a bound."""

    from_: Texts = Field(default=(), alias="from")
    find: Text | None = None
    unless: Text | None = None
    contacts: Text | None = None
    count: Literal["at_least", "exact"] | None = None
    value: Text | None = None
    at_most: Text | None = None


class FieldSpec(Model):
    """A fact about a prospect: its type, its question, the headers it may stand under."""

    type: TypeName
    label: str = ""
    question: str = ""
    columns: Texts = ()
    units: Texts = ()
    words: Mapping[Text, Text] = Field(default_factory=dict)
    choices: Mapping[Text, Texts] = Field(default_factory=dict)
    assume: Text | None = None
    infer: tuple[Inference, ...] = ()
    replace: bool = False


def _as_operators(value: Any) -> Any:
    """A bare value is `is`, a bare list `one_of`."""
    if isinstance(value, str):
        return {"is": value}
    return {"one_of": value} if isinstance(value, list) else value


class Test(Model):
    """What is asked of one field. Every operator that is given must hold."""

    is_: Text | None = Field(default=None, alias="is")
    is_not: Text | None = None
    one_of: Texts | None = None
    none_of: Texts | None = None
    between: Annotated[tuple[Text, ...], Field(min_length=2, max_length=2)] | None = None
    at_least: Text | None = None
    at_most: Text | None = None
    more_than: Text | None = None
    less_than: Text | None = None
    mentions: Texts | None = None
    matches: Text | None = None
    known: bool | None = None


FieldTest: TypeAlias = Annotated[Test, BeforeValidator(_as_operators)]


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


class ConditionModel(Model):
    """all, any or not, or else tests on fields, all of which must hold. `say` names the way in that it stands for."""

    implied = "tests"

    all: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None
    any: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None
    not_: Condition | None = Field(default=None, alias="not")
    tests: Annotated[Mapping[str, FieldTest], Field(min_length=1)] | None = None
    say: str | None = None


Condition: TypeAlias = Annotated[ConditionModel, BeforeValidator(_gather_tests)]
ConditionModel.model_rebuild()  # it names Condition, and so itself


class Level(Model):
    """One step of a criterion: the first level that holds counts."""

    when: Condition
    points: Points
    say: str | None = None


class Advice(Model):
    """What to do, and whom it is for. Of the advice to one of them on one `topic` only the most important stands."""

    for_: Literal["consultant", "prospect"] = Field(alias="for")
    say: Text
    source: str | None = None
    topic: Text | None = None


class CriterionAdvice(Advice):
    """Advice of a criterion: `when` is one of its outcomes, or names one of its ways or levels."""

    when: Text = "met"


class Criterion(Model):
    """A test on fields, worth points: `when` with `points`, or `levels`."""

    title: str = ""
    required: bool = False
    when: Condition | None = None
    points: Points | None = None
    levels: tuple[Level, ...] = ()
    otherwise: Points = 0
    source: str | None = None
    note: str | None = None
    advice: tuple[CriterionAdvice, ...] = ()
    replace: bool = False

    @property
    def steps(self) -> tuple[Level, ...]:
        """The levels; `when` with `points` is one level."""
        if self.when is not None:
            return (Level(when=self.when, points=self.points or 0),)
        return self.levels


class Band(Model):
    """A named range of the score."""

    at_least: Annotated[Decimal, Field(ge=0, le=100)]
    title: str = ""
    source: str | None = None
    advice: tuple[Advice, ...] = ()
    replace: bool = False


class Scorecard(Model):
    """Named criteria whose points make a score from 0 to 100, cut into bands, highest first."""

    title: str = ""
    source: str | None = None
    min_known: Share = Decimal(0)
    criteria: Annotated[Mapping[str, Criterion], Field(min_length=1)]
    bands: Annotated[Mapping[str, Band], Field(min_length=1)]
    replace: bool = False


class ExpectScorecard(Model):
    """What a test expects of one scorecard."""

    band: str | None = None
    best_band: str | None = None
    worst_band: str | None = None
    score: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    potential: Decimal | None = None
    known: Decimal | None = None


Verdict: TypeAlias = Literal["qualified", "needs_info", "disqualified"]
Outcome: TypeAlias = Literal["met", "not met", "unknown"]


def _spaced(value: Any) -> Any:
    return value.replace("_", " ") if isinstance(value, str) else value


class Expectation(Model):
    """What a test expects: a verdict, criteria by id, and beside them scorecards by id."""

    implied = "scorecards"

    verdict: Verdict | None = None
    provisional: bool | None = None
    criteria: Mapping[str, Annotated[Outcome, BeforeValidator(_spaced)]] = Field(default_factory=dict)
    scorecards: Mapping[str, ExpectScorecard] = Field(default_factory=dict)


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


class RuleTest(Model):
    """A case beside the rules: a prospect's cells, and what must come out."""

    name: Text
    prospect: Mapping[str, str]
    expect: Annotated[Expectation, BeforeValidator(_gather_scorecards)]


class PackModel(Model):
    """A whole pack, merged from its files and layers."""

    pack: Header
    phrases: Mapping[Text, Text] = Field(default_factory=dict)
    fields: Annotated[Mapping[str, FieldSpec], Field(min_length=1)]
    scorecards: Annotated[Mapping[str, Scorecard], Field(min_length=1)]
    tests: tuple[RuleTest, ...] = ()
