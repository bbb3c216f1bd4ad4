"""`psm-qualify ask`: an interview about one prospect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psm_qualify.cli.arguments import (
    AnswersFile,
    ContactList,
    Decimals,
    Dedupe,
    Encoding,
    MapFile,
    Mapped,
    MemoryLimit,
    NoInfer,
    RecordsPath,
    Rules,
    Sheet,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psm_qualify.cli.lists import Reading
    from psm_qualify.interviews import Interview
    from psm_qualify.rules.pack import Pack
    from psm_qualify.sources.answers import Answered


def ask(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="A list of any format.")] = None,
    who: Annotated[
        str | None, typer.Argument(metavar="WHO", help="A rank, row:N, line:N, id:X, or part of the name.")
    ] = None,
    new: Annotated[
        str | None, typer.Option(help="Ask about a firm that stands in no list yet.", metavar="NAME")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The date to keep with the answers (else today's).", metavar="YYYY-MM-DD")
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help="Write a copy of the list with all answers in it, as CSV.", metavar="FILE.csv")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --write, if there is one.")] = False,
    rules: Rules = None,
    map_: Mapped = None,
    map_file: MapFile = None,
    contacts: ContactList = None,
    no_infer: NoInfer = False,
    dedupe: Dedupe = False,
    answers: AnswersFile = None,
    encoding: Encoding = None,
    decimal: Decimals = None,
    sheet: Sheet = None,
    records: RecordsPath = None,
    memory_limit: MemoryLimit = None,
) -> None:
    """Ask what matters most, one question at a time; keep the answers beside the list, which is never changed.

    Example: psm-qualify ask prospects.csv harbor
    """
    from dataclasses import replace

    from psm_qualify.cli import options
    from psm_qualify.cli.lists import Reading
    from psm_qualify.errors import UsageError
    from psm_qualify.rules.loader import load_pack

    day = options.day(date)
    if write is not None and write.suffix.lower() != ".csv":
        raise UsageError(f"--write {write}: the copy is a CSV file; let its name end in .csv")
    if write is not None and write.is_file() and not force:
        raise UsageError(f"--write {write}: there is such a file; name another, or add --force")
    options.prepare_output(report=True)
    reading = Reading(
        map_=map_, map_file=map_file, contacts=contacts, no_infer=no_infer, dedupe=dedupe, answers=answers,
        encoding=encoding, decimal=decimal, sheet=sheet, records=records, memory_limit=memory_limit,
    )  # fmt: skip
    if new is not None and file is None:
        if replace(reading, answers=None, no_infer=False) != Reading():
            raise UsageError("--new: a firm in no list has no columns, contacts or sheet; leave those options out")
        _ask_new(new, load_pack(*options.rules(rules)), reading, day, write)
    elif new is None and file is not None and who is not None:
        if "-" in (file, contacts):
            raise UsageError("-: standard input holds the answers here; name the list, or the contacts, by a file")
        _ask_listed(file, who, load_pack(*options.rules(rules)), reading, day, write)
    else:
        raise UsageError("name a list and who in it (ask prospects.csv harbor), or a firm in no list (ask --new NAME)")


def _ask_listed(file: str, who: str, pack: Pack, reading: Reading, day: str, write: Path | None) -> None:
    from psm_qualify.cli import options
    from psm_qualify.cli.lists import opened
    from psm_qualify.completing import completed, write_list
    from psm_qualify.errors import UsageError
    from psm_qualify.explaining import case_of, find
    from psm_qualify.interviews import Interview
    from psm_qualify.selection import Filter
    from psm_qualify.sources.answers import digest_of, firm_keys

    with opened([file], pack, reading, Filter(top=0), {"--write": write}, needs_answers=False) as list_:
        ranking, path = list_.ranking, list_.paths[0]
        kept = list_.answers.get(path)
        if kept is None:
            raise UsageError(f"{file}: nothing can be kept beside it; name a file for the answers with --answers")
        options.check_outputs({"--answers": kept, "--write": write}, lists=[path])
        for note in ranking.summary.input.notes:
            options.say(note)
        case = case_of(ranking, find(ranking, who).rank)
        if not any(firm_keys(case.id, case.given.cells.get("domain"), case.name)):
            options.say("this row has no id, name or web address: its answers are found again in this very list alone")
        commas = reading.decimal == "comma" or (reading.decimal is None and bool(case.given.commas))
        interview = Interview(ranking.judge, case, commas)
        _hold(interview, pack, ranking.summary.input.scored, day, kept, digest_of(path))
    if write is not None:  # read anew, for the answers may be about other rows as well, and others may have come
        with opened([file], pack, reading, Filter(top=0), {}) as list_, options.written(write) as out:
            assert out is not None
            write_list(completed(list_.ranking), out)
            options.say(f"{write}: the list with its answers")
            if rejected := len(list_.ranking.summary.input.rejected):
                options.say(f"{write}: {rejected} rejected row{'s' if rejected > 1 else ''} left out")


def _ask_new(name: str, pack: Pack, reading: Reading, day: str, write: Path | None) -> None:
    from psm_qualify.cli import options
    from psm_qualify.completing import alone, write_list
    from psm_qualify.errors import UsageError
    from psm_qualify.interviews import newcomer
    from psm_qualify.sources.answers import Listed, answers_of_new, firm_keys, join_answers, notes_on, read_answers

    keys = firm_keys(None, None, name)
    if not any(keys):
        raise UsageError(f"--new {name!r}: that names no firm")
    kept = reading.answers or answers_of_new(name)
    options.check_outputs({"--answers": kept, "--write": write}, rules=pack.origin)
    earlier: Mapping[str, Answered] = {}
    if kept.is_file():
        book = read_answers(kept)
        joined = join_answers(book, pack, [Listed(0, 1, keys)])
        earlier = joined.answers.get(0, {})
        for note in notes_on([(book, joined)], pack):
            options.say(note)
    interview = newcomer(pack, name, earlier, infer=not reading.no_infer)
    _hold(interview, pack, 0, day, kept, None)
    with options.written(write) as out:
        if write is not None and out is not None:
            write_list(alone(pack, interview.case), out)
            options.say(f"{write}: a list of one, with the answers")


def _hold(interview: Interview, pack: Pack, scored: int, day: str, kept: Path, list_digest: str | None) -> None:
    """Holds the interview, each answer kept in a file before anything else happens."""
    from psm_qualify.cli import options
    from psm_qualify.cli.conversation import hold
    from psm_qualify.interviews import line_of
    from psm_qualify.sources.answers import append_answer, last_about

    case, count = interview.case, 0

    def keep(field: str, answer: Answered | None, undone: Answered | None) -> bool:
        """Keeps an answer, or takes one back, unless somebody else has answered since."""
        nonlocal count
        line = line_of(case, pack, field, answer, day, list_digest)
        if undone is not None and (last := last_about(kept, line)) is not None and last.answer != undone.text:
            return False
        append_answer(kept, line)
        count += 1
        return True

    try:
        hold(interview, pack, scored, day, keep)
    finally:
        if count:
            options.say(f"the answers are kept in {kept}")
