"""What commands share: options turned into the library's terms, files opened and written safely."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import cast, get_args

from psm_qualify.engines.base import DecimalSign
from psm_qualify.errors import UsageError
from psm_qualify.facts.text import formula_safe, printable, shortened
from psm_qualify.progress import Listener, Progress, counted, unheard
from psm_qualify.render.json import summary_dict
from psm_qualify.results import Summary
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.shipped import SHIPPED
from psm_qualify.selection import Filter

_CHUNK = 1 << 20


def pairs(option: str, given: Sequence[str] | None) -> dict[str, str]:
    """`A=B` options as a mapping. Raises UsageError."""
    found: dict[str, str] = {}
    for text in given or ():
        key, equals, value = text.partition("=")
        if not (key.strip() and equals and value.strip()):
            raise UsageError(f"{option} {text}: write it as NAME=VALUE")
        if key.strip() in found:
            raise UsageError(f"{option} {text}: {key.strip()} is given twice")
        found[key.strip()] = value.strip()
    return found


def mapping(given: Sequence[str] | None, file: Path | None) -> dict[str, str]:
    """Columns by field: those of a mapping file, and before them those that were named. Raises UsageError."""
    if file is None:
        return pairs("--map", given)
    from psm_qualify.sources.map_files import read_map  # it loads tomllib

    return {**read_map(file), **pairs("--map", given)}


def decimal_sign(text: str | None) -> DecimalSign | None:
    """The sign before decimals that was named. Raises UsageError."""
    if text is None:
        return None
    if text not in get_args(DecimalSign):
        raise UsageError(f"--decimal {text}: write comma (for 1.200,50) or point (for 1,200.50)")
    return cast(DecimalSign, text)


def filter_of(
    top: int | None,
    verdicts: Sequence[str] | None,
    bands: Sequence[str] | None,
    min_score: str | None,
    default_top: int | None,
) -> Filter:
    """The filter that the options describe. Raises UsageError."""
    chosen = tuple(verdict.replace("-", "_").replace(" ", "_") for verdict in verdicts or ())
    by_card: dict[str, tuple[str, ...]] = {}
    for text in bands or ():
        ((card, band),) = pairs("--band", [text]).items()
        by_card[card] = (*by_card.get(card, ()), band)
    top = default_top if top is None else top
    return Filter(top, cast(tuple[Verdict, ...], chosen), by_card, _score(min_score))  # Filter checks its words


def _score(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        raise UsageError(f"--min-score {text}: a number from 0 to 100 is needed") from None


def day(text: str | None) -> str:
    """The date that was named, else today's. Raises UsageError."""
    if text is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--date {text}: write it like 2026-03-31") from None


def format_name(format_: str | None, as_json: bool) -> str | None:
    """The format that was asked for: `--json` is short for one of them. Raises UsageError."""
    if as_json and format_ not in (None, "json"):
        raise UsageError(f"--json and --format {format_} exclude one another")
    return "json" if as_json else format_


def rules(given: Sequence[str] | None) -> list[str]:
    """The rule paths: from the option, else from PSM_QUALIFY_RULES, else the shipped pack."""
    if given:
        return list(given)
    return [path for path in os.environ.get("PSM_QUALIFY_RULES", "").split(os.pathsep) if path] or [SHIPPED]


@contextmanager
def inputs(files: Sequence[str], listener: Listener = unheard) -> Iterator[tuple[list[Path], dict[Path, str]]]:
    """The files as paths, and how to call them. What can be read only once is kept in a temporary file."""
    if files.count("-") > 1:
        raise UsageError("- (standard input) can be given once")
    paths: list[Path] = []
    names: dict[Path, str] = {}
    with tempfile.TemporaryDirectory(prefix="psm-qualify-") as folder:
        for number, file in enumerate(files):
            path = Path(file)
            if file == "-" or (path.exists() and not path.is_file() and not path.is_dir()):
                path = Path(folder, f"{number}.csv")
                names[path] = file
                stage = Progress(f"Reading {'standard input' if file == '-' else file}", unit="bytes")
                with sys.stdin.buffer if file == "-" else open(file, "rb") as source, path.open("wb") as out:
                    chunks = iter(partial(cast(io.BufferedReader, source).read1, _CHUNK), b"")
                    out.writelines(counted(chunks, listener, stage, out.tell, every=1))
            paths.append(path)
        yield paths, names


def check_outputs(
    outputs: Mapping[str, Path | None],
    *,
    lists: Iterable[Path] = (),
    rules: Iterable[str] = (),
    mapping: Path | None = None,
    answers: Iterable[Path] = (),
) -> None:
    """Raises UsageError where an output would take the place of an input, of answers that are kept or of another
    output, or has no folder."""
    seen: dict[Path, str] = {file.resolve(): "a rule file that is read" for file in _rule_files(rules)}
    seen |= {path.resolve(): "the mapping that is read" for path in (mapping,) if path is not None}
    seen |= {path.resolve(): "where answers are kept" for path in answers}
    seen |= {path.resolve(): "the list that is read" for path in lists}
    for option, path in outputs.items():
        if path is None or (path.exists() and not path.is_file() and not path.is_dir()):
            continue  # nothing to write, or a device such as /dev/null
        if path.is_dir():
            raise UsageError(f"{option} {path}: that is a folder; name a file in it")
        if not path.parent.is_dir():
            raise UsageError(f"{option} {path}: there is no folder {path.parent}")
        if (other := seen.get(path.resolve())) is not None:
            raise UsageError(f"{option} {path}: that is {other}; name another file")
        seen[path.resolve()] = f"what {option} writes"


def _rule_files(layers: Iterable[str]) -> list[Path]:
    """The rule files that a user named."""
    from psm_qualify.rules.loader import rule_files

    return [file for layer in layers if layer != SHIPPED and Path(layer).exists() for file in rule_files(layer)]


@contextmanager
def written(out: Path | None) -> Iterator[Path | None]:
    """A path to write to, which takes the place of `out` only when all went well. None: standard output."""
    if out is None or (out.exists() and not out.is_file()):
        yield out  # a device such as /dev/null is written as it is
        return
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        yield partial
        partial.replace(out)
    except OSError as error:
        raise UsageError(f"{out}: can't be written: {error.strerror or error}") from None
    finally:
        partial.unlink(missing_ok=True)


def prepare_output(report: bool) -> None:
    """Data is UTF-8 wherever it goes; a report keeps the terminal's encoding and replaces what that lacks."""
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if report:
        sys.stdout.reconfigure(errors="replace")
    else:
        sys.stdout.reconfigure(encoding="utf-8")


def write_summary(path: Path, summary: Summary) -> None:
    """Writes everything but the prospects as JSON."""
    with written(path) as partial:
        assert partial is not None
        partial.write_text(json.dumps(summary_dict(summary), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_rejected(path: Path, summary: Summary) -> None:
    """Writes the rejected rows as CSV, each with its place, the reason and its text."""
    with written(path) as partial:
        assert partial is not None
        with partial.open("w", encoding="utf-8", newline="", errors="replace") as out:
            writer = csv.writer(out)
            writer.writerow(["file", "row", "line", "reason", "text"])
            for one in summary.input.rejected:
                writer.writerow([one.file, one.row, one.line, one.reason, formula_safe(one.text)])


def say(text: str) -> None:
    """Prints a message on standard error, harmless whatever a file put into it."""
    print("psm-qualify: " + "\n".join(map(printable, text.split("\n"))), file=sys.stderr)


def tell(summary: Summary) -> None:
    """Says on standard error what a data format leaves unsaid."""
    read, pack = summary.input, summary.pack
    counts = ", ".join(f"{count} {verdict}" for verdict, count in summary.verdicts.items())
    lines = [
        f"{read.scored} of {read.rows} rows scored with {pack.title} {pack.version} ({', '.join(pack.origin)}): "
        f"{counts}"
    ]
    if summary.unfed:
        lines.append("no column of this list feeds the scorecard: every prospect needs info")
    if read.not_understood:
        cells = sum(one.count for one in read.not_understood)
        first = read.not_understood[0]
        where = f" in line {first.places[0].line}" if first.places else ""
        lines.append(
            f"{cells} cell{'s' if cells > 1 else ''} not understood, such as {first.field} "
            f"{shortened(first.value)!r}{where}"
        )
    if read.rejected:
        row, count = read.rejected[0], read.rows - read.scored
        where = f"line {row.line}" if row.line else f"{shortened(row.text)!r}"
        lines.append(f"{count} row{'s' if count > 1 else ''} rejected, such as {where}: {row.reason}")
    if read.unused_columns:
        names = ", ".join(shortened(header, 40) for header in read.unused_columns[:12])
        lines.append(f"columns not used: {names}{', …' if len(read.unused_columns) > 12 else ''}")
    lines += read.notes
    for line in lines:
        say(line)
