"""`psm-qualify questions`: whom to ask what."""

from __future__ import annotations

from typing import Annotated

import typer

from psm_qualify.cli.arguments import (
    AnswersFile,
    AsJson,
    ContactList,
    Decimals,
    Dedupe,
    Encoding,
    Lists,
    MapFile,
    Mapped,
    MemoryLimit,
    MinScore,
    NoAnswers,
    NoInfer,
    OnlyBand,
    OnlyVerdict,
    Output,
    RecordsPath,
    Rules,
    Sheet,
)
from psm_qualify.cli.completing import choices, format_option

_FEW = 10  # questions, and prospects for each, where people read them


def questions(
    files: Lists,
    by: Annotated[
        str,
        typer.Option(
            help="prospect or question: how the sheet is grouped.",
            metavar="WHAT",
            autocompletion=choices("prospect", "question"),
        ),
    ] = "prospect",
    top: Annotated[
        int | None,
        typer.Option(
            help="How many prospects (25, in JSON and CSV 500), or questions (10, else all).",
            min=1,
            metavar="N",
        ),
    ] = None,
    each: Annotated[
        int | None,
        typer.Option(
            help="How many questions for each prospect (3, else all), or the other way round (10).",
            min=1,
            metavar="N",
        ),
    ] = None,
    verdict: OnlyVerdict = None,
    band: OnlyBand = None,
    min_score: MinScore = None,
    rules: Rules = None,
    map_: Mapped = None,
    map_file: MapFile = None,
    contacts: ContactList = None,
    no_infer: NoInfer = False,
    dedupe: Dedupe = False,
    answers: AnswersFile = None,
    no_answers: NoAnswers = False,
    encoding: Encoding = None,
    decimal: Decimals = None,
    sheet: Sheet = None,
    records: RecordsPath = None,
    memory_limit: MemoryLimit = None,
    format_: Annotated[str | None, format_option("table, markdown, csv or json.", "CALLS")] = None,
    as_json: AsJson = False,
    out: Output = None,
) -> None:
    """Make the call sheet: which facts of which prospects would change most.

    Example: psm-qualify questions prospects.csv --top 10 --format markdown
    """
    from psm_qualify.calling import GROUPINGS, call_sheet, question_sheet
    from psm_qualify.cli import options
    from psm_qualify.cli.lists import Reading, opened
    from psm_qualify.errors import UsageError, did_you_mean
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import CALLS
    from psm_qualify.rules.loader import load_pack

    if by not in GROUPINGS:
        raise UsageError(f"--by {by}: there is no such grouping; {did_you_mean(by, GROUPINGS)}")
    chosen_format = CALLS.chosen(options.format_name(format_, as_json), out)
    pack = load_pack(*options.rules(rules))
    chosen = options.filter_of(0, verdict, band, min_score, None)
    options.prepare_output(chosen_format.report)
    reading = Reading(
        map_=map_, map_file=map_file, contacts=contacts, no_infer=no_infer, dedupe=dedupe, answers=answers,
        no_answers=no_answers, encoding=encoding, decimal=decimal, sheet=sheet, records=records,
        memory_limit=memory_limit,
    )  # fmt: skip
    with opened(files, pack, reading, chosen, {"-o": out}) as lists:
        if by == "question":
            few = _FEW if chosen_format.report else None
            sheet_ = question_sheet(lists.ranking, top or few, each or few)
        else:
            sheet_ = call_sheet(lists.ranking, top or chosen_format.top, each or chosen_format.each)
        with options.written(out) as path:
            chosen_format.render(sheet_, Target(path))
        if sheet_.more:
            options.say(
                f"{len(sheet_.questions if by == 'question' else sheet_.calls)} {by}s are shown; --top N gives more"
            )
        for note in lists.ranking.summary.input.notes:
            options.say(note)
