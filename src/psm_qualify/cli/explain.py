"""`psm-qualify explain`: one prospect, and why."""

from __future__ import annotations

from typing import Annotated

from psm_qualify.cli.arguments import (
    AnswersFile,
    AsJson,
    ContactList,
    Decimals,
    Dedupe,
    Encoding,
    MapFile,
    Mapped,
    MemoryLimit,
    NoAnswers,
    NoInfer,
    OneList,
    Output,
    RecordsPath,
    Rules,
    Sheet,
    Who,
)
from psm_qualify.cli.completing import format_option


def explain(
    file: OneList,
    who: Who,
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
    format_: Annotated[str | None, format_option("table, markdown or json.", "EXPLANATION")] = None,
    as_json: AsJson = False,
    out: Output = None,
) -> None:
    """Explain one prospect: every point and its cell, what would change it, what to ask, what to do.

    Example: psm-qualify explain prospects.csv harbor
    """
    from psm_qualify.cli import options
    from psm_qualify.cli.lists import Reading, opened
    from psm_qualify.explaining import explain as explain_one
    from psm_qualify.explaining import find
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import EXPLANATION
    from psm_qualify.rules.loader import load_pack
    from psm_qualify.selection import Filter

    chosen_format = EXPLANATION.chosen(options.format_name(format_, as_json), out)
    pack = load_pack(*options.rules(rules))
    options.prepare_output(chosen_format.report)
    reading = Reading(
        map_=map_, map_file=map_file, contacts=contacts, no_infer=no_infer, dedupe=dedupe, answers=answers,
        no_answers=no_answers, encoding=encoding, decimal=decimal, sheet=sheet, records=records,
        memory_limit=memory_limit,
    )  # fmt: skip
    with opened([file], pack, reading, Filter(top=0), {"-o": out}) as list_:
        explanation = explain_one(list_.ranking, find(list_.ranking, who).rank)
        with options.written(out) as path:
            chosen_format.render(explanation, Target(path))
        for note in list_.ranking.summary.input.notes:
            options.say(note)
