"""psm-qualify as a library: load a pack, score lists, read the results.

    import psm_qualify

    pack = psm_qualify.load_pack("psm", "ours.yaml")
    with psm_qualify.score(["prospects.csv"], pack) as ranking:
        for prospect in ranking:
            print(prospect.rank, prospect.name, prospect.verdict)

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psm_qualify.advise.lifts import BandGoal, Lift, Lifts, VerdictGoal
    from psm_qualify.advise.questions import ListQuestion
    from psm_qualify.calling import CallSheet, call_sheet, question_sheet
    from psm_qualify.clusters import ClusterRanking, score_with_spark
    from psm_qualify.errors import Finding, InputError, OutputError, PackError, Place, QualifyError, UsageError
    from psm_qualify.explaining import Explanation, Step, Waterfall, case_of, explain, find
    from psm_qualify.interviews import Interview, Refused, Understood, newcomer
    from psm_qualify.judging import Case, Judge
    from psm_qualify.results import (
        CriterionResult,
        Fact,
        Guidance,
        Input,
        NotUnderstood,
        Prospect,
        Question,
        ScorecardResult,
        Summary,
    )
    from psm_qualify.rules.loader import load_pack, parse_pack
    from psm_qualify.rules.pack import Pack
    from psm_qualify.scoring import Ranking, score
    from psm_qualify.selection import Filter
    from psm_qualify.sources.answers import Answered, AnswerLine, answers_beside, append_answer
    from psm_qualify.sources.map_files import read_map, write_map
    from psm_qualify.sources.table import Rejected
    from psm_qualify.suggestions import Suggestion
    from psm_qualify.surveys import FedField, MissingField, Sample, Survey, SurveyedFile, UnclaimedColumn, survey
    from psm_qualify.template import Template, template_of
    from psm_qualify.warehouse import to_sql

_HOMES = {
    "psm_qualify.advise.lifts": (
        "BandGoal",
        "Lift",
        "Lifts",
        "VerdictGoal",
    ),
    "psm_qualify.advise.questions": ("ListQuestion",),
    "psm_qualify.calling": (
        "CallSheet",
        "call_sheet",
        "question_sheet",
    ),
    "psm_qualify.clusters": (
        "ClusterRanking",
        "score_with_spark",
    ),
    "psm_qualify.errors": (
        "Finding",
        "InputError",
        "OutputError",
        "PackError",
        "Place",
        "QualifyError",
        "UsageError",
    ),
    "psm_qualify.explaining": (
        "Explanation",
        "Step",
        "Waterfall",
        "case_of",
        "explain",
        "find",
    ),
    "psm_qualify.interviews": (
        "Interview",
        "Refused",
        "Understood",
        "newcomer",
    ),
    "psm_qualify.judging": (
        "Case",
        "Judge",
    ),
    "psm_qualify.results": (
        "CriterionResult",
        "Fact",
        "Guidance",
        "Input",
        "NotUnderstood",
        "Prospect",
        "Question",
        "ScorecardResult",
        "Summary",
    ),
    "psm_qualify.rules.loader": (
        "load_pack",
        "parse_pack",
    ),
    "psm_qualify.rules.pack": ("Pack",),
    "psm_qualify.scoring": (
        "Ranking",
        "score",
    ),
    "psm_qualify.selection": ("Filter",),
    "psm_qualify.sources.answers": (
        "AnswerLine",
        "Answered",
        "answers_beside",
        "append_answer",
    ),
    "psm_qualify.sources.map_files": (
        "read_map",
        "write_map",
    ),
    "psm_qualify.sources.table": ("Rejected",),
    "psm_qualify.suggestions": ("Suggestion",),
    "psm_qualify.surveys": (
        "FedField",
        "MissingField",
        "Sample",
        "Survey",
        "SurveyedFile",
        "UnclaimedColumn",
        "survey",
    ),
    "psm_qualify.template": (
        "Template",
        "template_of",
    ),
    "psm_qualify.warehouse": ("to_sql",),
}

__all__ = [
    "AnswerLine",
    "Answered",
    "BandGoal",
    "CallSheet",
    "Case",
    "ClusterRanking",
    "CriterionResult",
    "Explanation",
    "Fact",
    "FedField",
    "Filter",
    "Finding",
    "Guidance",
    "Input",
    "InputError",
    "Interview",
    "Judge",
    "Lift",
    "Lifts",
    "ListQuestion",
    "MissingField",
    "NotUnderstood",
    "OutputError",
    "Pack",
    "PackError",
    "Place",
    "Prospect",
    "QualifyError",
    "Question",
    "Ranking",
    "Refused",
    "Rejected",
    "Sample",
    "ScorecardResult",
    "Step",
    "Suggestion",
    "Summary",
    "Survey",
    "SurveyedFile",
    "Template",
    "UnclaimedColumn",
    "Understood",
    "UsageError",
    "VerdictGoal",
    "Waterfall",
    "answers_beside",
    "append_answer",
    "call_sheet",
    "case_of",
    "explain",
    "find",
    "load_pack",
    "newcomer",
    "parse_pack",
    "question_sheet",
    "read_map",
    "score",
    "score_with_spark",
    "survey",
    "template_of",
    "to_sql",
    "write_map",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
