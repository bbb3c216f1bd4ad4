"""One prospect explained, as JSON."""

from __future__ import annotations

from psm_qualify.advise.lifts import Lifts, VerdictGoal
from psm_qualify.explaining import Explanation
from psm_qualify.facts.readers import Value
from psm_qualify.hints import hint
from psm_qualify.render.base import Target
from psm_qualify.render.json import Json, pack_dict, prospect_dict, write
from psm_qualify.render.words import value_words
from psm_qualify.rules.pack import Field, Pack


def render(explanation: Explanation, target: Target) -> None:
    """Writes one prospect with all that explains it."""
    write(explanation_dict(explanation), target)


def explanation_dict(explanation: Explanation) -> dict[str, Json]:
    """The document of one prospect: the element of `prospects`, and what its score is made of and would change it."""
    pack = explanation.pack
    return {
        "schema": 1, "pack": pack_dict(pack), "scored": explanation.scored,
        "prospect": prospect_dict(explanation.prospect),
        "not_understood": [{"field": field, "value": text, "hint": hint(pack.fields[field], text)}
                           for field, text in explanation.prospect.not_understood.items()],
        "waterfalls": [
            {"scorecard": one.card.id, "title": one.card.title, "start": float(one.start), "score": float(one.score),
             "potential": float(one.potential),
             "steps": [{"criterion": step.result.criterion.id, "title": step.result.criterion.title,
                        "points": step.result.earned, "before": float(step.before), "after": float(step.after),
                        "possible": float(step.possible)}
                       for step in one.steps]} for one in explanation.waterfalls],
        "lifts": [_lifts(one, pack) for one in explanation.lifts],
    }  # fmt: skip


def _lifts(lifts: Lifts, pack: Pack) -> dict[str, Json]:
    goal = lifts.goal
    aim: dict[str, Json] = (
        {"verdict": goal.verdict} if isinstance(goal, VerdictGoal) else {"scorecard": goal.scorecard, "band": goal.band}
    )
    ways: list[Json] = [
        {field: [_answer(pack.fields[field], value) for value in values] for field, values in way.answers.items()}
        for way in lifts.ways
    ]
    return {
        "goal": aim, "answers_needed": lifts.size, "complete": lifts.complete, "tried": lifts.tried, "ways": ways,
    }  # fmt: skip


def _answer(field: Field, value: Value) -> str:
    """A choice by its name, all else in words."""
    return value if isinstance(value, str) and field.type != "text" else value_words(field, value)
