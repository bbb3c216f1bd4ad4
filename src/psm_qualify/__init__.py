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
    from psm_qualify.errors import Finding, InputError, PackError, Place, QualifyError, UsageError
    from psm_qualify.results import (
        CriterionResult,
        Fact,
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
    from psm_qualify.sources.map_files import read_map, write_map
    from psm_qualify.sources.table import Rejected
    from psm_qualify.suggestions import Suggestion
    from psm_qualify.surveys import FedField, MissingField, Sample, Survey, SurveyedFile, UnclaimedColumn, survey

_HOMES = {
    "psm_qualify.errors": ("Finding", "InputError", "PackError", "Place", "QualifyError", "UsageError"),
    "psm_qualify.results": (
        "CriterionResult",
        "Fact",
        "Input",
        "NotUnderstood",
        "Prospect",
        "Question",
        "ScorecardResult",
        "Summary",
    ),
    "psm_qualify.rules.loader": ("load_pack", "parse_pack"),
    "psm_qualify.rules.pack": ("Pack",),
    "psm_qualify.scoring": ("Ranking", "score"),
    "psm_qualify.selection": ("Filter",),
    "psm_qualify.sources.map_files": ("read_map", "write_map"),
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
}

__all__ = [
    "CriterionResult",
    "Fact",
    "FedField",
    "Filter",
    "Finding",
    "Input",
    "InputError",
    "MissingField",
    "NotUnderstood",
    "Pack",
    "PackError",
    "Place",
    "Prospect",
    "QualifyError",
    "Question",
    "Ranking",
    "Rejected",
    "Sample",
    "ScorecardResult",
    "Suggestion",
    "Summary",
    "Survey",
    "SurveyedFile",
    "UnclaimedColumn",
    "UsageError",
    "load_pack",
    "parse_pack",
    "read_map",
    "score",
    "survey",
    "write_map",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
