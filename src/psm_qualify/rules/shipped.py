"""Where the PSM pack that ships with the package lies."""

from __future__ import annotations

from pathlib import Path

SHIPPED = "psm"
"""The name under which `--rules` knows the shipped pack."""


def shipped_pack() -> Path:
    """The folder of the shipped rule files: inside the installed package, else at the top of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "packs" / SHIPPED
    return installed if installed.is_dir() else package.parents[1] / "rules"
