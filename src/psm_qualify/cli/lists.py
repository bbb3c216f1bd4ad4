"""A list opened as the options say: what every command that scores one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psm_qualify.cli import options
from psm_qualify.cli.bars import bar
from psm_qualify.errors import UsageError
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import Ranking, score
from psm_qualify.selection import Filter
from psm_qualify.sources.answers import answers_beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How lists are read, as it was typed."""

    map_: Sequence[str] | None = None
    map_file: Path | None = None
    contacts: str | None = None
    no_infer: bool = False
    answers: Path | None = None
    no_answers: bool = False
    encoding: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    records: str | None = None
    memory_limit: str | None = None
    dedupe: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A scored list, and for each of its files where answers about it are kept (maybe no file yet)."""

    ranking: Ranking
    paths: Sequence[Path]
    answers: Mapping[Path, Path]


@contextmanager
def opened(
    files: Sequence[str],
    pack: Pack,
    reading: Reading,
    chosen: Filter,
    outputs: Mapping[str, Path | None],
    needs_answers: bool = True,
) -> Iterator[Opened]:
    """Scores lists. `outputs` are the files that will be written: none may be a list that is read.

    An answers file that is named has to be there if it `needs_answers`. Raises InputError, UsageError.
    """
    mapping = options.mapping(reading.map_, reading.map_file)
    contacts = reading.contacts
    wanted = [*files, *([contacts] if contacts else [])]
    with bar(outputs.get("-o")) as listener, options.inputs(wanted, listener) as (given, names):
        paths, people = given[: len(files)], given[len(files) :]
        answers = _answers(paths, names, reading)
        options.check_outputs(
            outputs, lists=given, rules=pack.origin, mapping=reading.map_file, answers=answers.values()
        )
        if needs_answers and reading.answers is not None and not reading.answers.is_file():
            raise UsageError(f"--answers {reading.answers}: there is no such file")
        with score(
            paths,
            pack,
            chosen=chosen,
            mapping=mapping,
            names=names,
            contacts=people[0] if people else None,
            infer=not reading.no_infer,
            dedupe=reading.dedupe,
            encoding=reading.encoding,
            decimal=options.decimal_sign(reading.decimal),
            sheet=reading.sheet,
            records=reading.records,
            memory_limit=reading.memory_limit,
            listener=listener,
            answers={path: kept for path, kept in answers.items() if kept.is_file()},
        ) as ranking:
            yield Opened(ranking, paths, answers)


def _answers(paths: Sequence[Path], names: Mapping[Path, str], reading: Reading) -> dict[Path, Path]:
    """Where the answers about each list are kept: beside it, unless told otherwise. Nothing lies beside a pipe."""
    if reading.no_answers:
        if reading.answers is not None:
            raise UsageError("--answers and --no-answers exclude one another")
        return {}
    if reading.answers is not None:
        return dict.fromkeys(paths, reading.answers)
    return {path: answers_beside(path) for path in paths if path not in names}
