"""A folder of rules to begin with: the shipped pack or a small one, a sample list, and how to go on."""

from __future__ import annotations

from pathlib import Path

from psm_qualify.authoring.schema import SCHEMA_FILE
from psm_qualify.errors import OutputError, UsageError
from psm_qualify.rules.loader import rule_files
from psm_qualify.rules.shipped import SHIPPED, shipped_pack

_PACKS = Path(__file__).parents[1] / "packs"

MINIMAL_PACK = _PACKS / "minimal"
"""The folder of the small pack and its list."""

HOWTO = "HOWTO.md"
"""The file that tells how to go on."""

_SAMPLE = "prospects.csv"
_TEXT = """\
# How to work with these rules

The `.yaml` files of this folder are one pack of rules, read in name order. Edit them with any editor. One that speaks
YAML (such as VS Code with the YAML extension by Red Hat) completes keys, explains them, and marks typos as you write:
the first line of each file leads it to `{schema}`.

Run these here, in this folder:

```sh
psm-qualify rules check .
psm-qualify rules test .
psm-qualify score {sample} --rules .
{diff}
psm-qualify rules show . --format markdown -o rules.md
```

- **check** tells what is wrong or odd, with the file and the line.
- **test** runs the tests beside the rules. Write a test first, then change the rules until it passes.
- **score** ranks the sample list by your rules. Put your own list in its place.
- **diff** tells what you changed, and whom of the list that moves.{original}
- **show** writes the rules as a document to hand on.

Give the pack a name of its own (`pack:`), and raise its `version` when you change what counts: results name both.
"""
_DIFF_SHIPPED = "psm-qualify rules diff psm . {sample}"
_DIFF_MINIMAL = "psm-qualify rules init original --minimal\npsm-qualify rules diff original . {sample}"
_ORIGINAL = " `original` is a fresh copy of what this folder began with."


def start(folder: Path, *, minimal: bool = False) -> tuple[Path, ...]:
    """Writes a pack into a new or empty folder: the shipped one, or a small one. The files that were written.

    Raises UsageError where something is there already, OutputError where it can't be written.
    """
    _check_empty(folder)
    sources = [*(rule_files(MINIMAL_PACK if minimal else SHIPPED)), shipped_pack() / SCHEMA_FILE, _sample(minimal)]
    texts = {source.name: source.read_text(encoding="utf-8") for source in sources}
    texts[HOWTO] = howto(minimal)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise OutputError(f"{folder}: can't be written: {error.strerror or error}") from None
    return tuple(folder / name for name in texts)


def howto(minimal: bool) -> str:
    """How to go on, in Markdown."""
    diff = (_DIFF_MINIMAL if minimal else _DIFF_SHIPPED).format(sample=_SAMPLE)
    return _TEXT.format(schema=SCHEMA_FILE, sample=_SAMPLE, diff=diff, original=_ORIGINAL if minimal else "")


def _check_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: that is a file; name a new folder")
    try:
        first = next(folder.iterdir(), None) if folder.is_dir() else None
    except OSError as error:
        raise UsageError(f"{folder}: can't be read: {error.strerror or error}") from None
    if first is not None:
        raise UsageError(f"{folder}: the folder is not empty ({first.name} is there); name a new one")


def _sample(minimal: bool) -> Path:
    """The sample list of a pack: inside the installed package, else in the checkout."""
    if minimal:
        return MINIMAL_PACK / _SAMPLE
    installed = _PACKS / _SAMPLE
    return installed if installed.is_file() else Path(__file__).parents[3] / "examples" / _SAMPLE
