"""Names: ids that a rule author may choose freely, and those of the library, never get into one another's way."""

from __future__ import annotations

import csv
import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

import psm_qualify
from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import score

ENGINES = {"direct": DirectEngine, "duckdb": DuckDBEngine}
OWN = ("position", "rank", "rowid", "verdict", "provisional", "odd", "is_blank", "at__file", "out__verdict", "raw",
       "source", "cells", "chosen", "Fit A", "fit_a", "fit.a", "select")  # fmt: skip


def counted(field: str, engine: Engine, folder: Path) -> tuple[list[tuple[str | None, str, float]], list[str]]:
    """Three prospects judged by a pack that is full of likely clashes: who, verdict, potential; and CSV verdicts."""
    pack = parse_pack(f"""
pack: {{name: clash}}
fields:
  name: {{type: text}}
  "{field}": {{type: number}}
scorecards:
  fit:
    criteria:
      a: {{when: {{"{field}": {{at_least: 3}}}}, points: 10, required: true}}
      score: {{when: {{"{field}": {{at_least: 5}}}}, points: 10}}
    bands: {{A: {{at_least: 0}}}}
  fit_a:
    criteria: {{a: {{when: {{"{field}": {{at_most: 4}}}}, points: 10}}}}
    bands: {{A: {{at_least: 0}}}}
""")
    path, out = folder / "list.csv", folder / "out.csv"
    path.write_text(f'name,"{field}"\nAnn,3\nBob,9\nCy,1\n', encoding="utf-8")
    with score([path], pack, engine=engine) as ranking:
        found = [(one.name, one.verdict, float(one.scorecards["fit_a"].high)) for one in ranking]
        ranking.write_csv(out)
    with out.open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    assert len(set(lines[0])) == len(lines[0])
    return found, [line[lines[0].index("psm_verdict")] for line in lines[1:]]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("field", OWN)
def test_a_field_may_be_called_anything(field: str, engine: str, tmp_path: Path) -> None:
    found, exported = counted(field, ENGINES[engine](), tmp_path)
    assert found == [("Bob", "qualified", 0.0), ("Ann", "qualified", 100.0), ("Cy", "disqualified", 100.0)]
    assert exported == ["qualified", "qualified", "disqualified"]


def test_every_public_name_is_there_whatever_was_imported_before() -> None:
    for module in pkgutil.iter_modules(psm_qualify.__path__):
        if module.name != "__main__":
            importlib.import_module(f"psm_qualify.{module.name}")
    assert psm_qualify.__all__ == sorted(psm_qualify.__all__)
    for name in psm_qualify.__all__:  # a module of the same name would take its place
        assert not isinstance(getattr(psm_qualify, name), ModuleType), name
    with pytest.raises(AttributeError):
        _ = psm_qualify.nothing
