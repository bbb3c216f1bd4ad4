"""CSV: a line a prospect, for a spreadsheet or for import into a CRM."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from psm_qualify.render.base import Target
from psm_qualify.scoring import Ranking


def render(ranking: Ranking, target: Target) -> None:
    """Writes the flat file; to standard output by way of a temporary one."""
    if target.path is not None:
        ranking.write_csv(target.path, target.keep_columns)
        return
    with tempfile.TemporaryDirectory(prefix="psm-qualify-") as folder:
        path = Path(folder, "out.csv")
        ranking.write_csv(path, target.keep_columns)
        with path.open("r", encoding="utf-8", newline="") as lines:
            shutil.copyfileobj(lines, sys.stdout)
