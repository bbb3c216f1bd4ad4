"""`psm-qualify rules diff`: what changed in a pack, and whom that moves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psm_qualify.cli.arguments import (
    AnswersFile,
    AsJson,
    ContactList,
    Decimals,
    Dedupe,
    Encoding,
    MapFile,
    Mapped,
    NoAnswers,
    NoInfer,
    Output,
    RecordsPath,
    Sheet,
)
from psm_qualify.cli.completing import format_option

if TYPE_CHECKING:
    from psm_qualify.authoring.diffing.trials import Opener
    from psm_qualify.cli.lists import Reading
    from psm_qualify.rules.loader import PackSource
    from psm_qualify.rules.pack import Pack
    from psm_qualify.scoring import Ranking

_RULES = (
    "A rule file, a folder of them, psm, or what stood there at a git revision: HEAD~1:rules. Layers are joined by +: "
    "psm+ours.yaml."
)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_RULES)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, to be compared with it.")],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A list: also tells whom the changes move, and which did it.")
    ] = None,
    fail_if_moved: Annotated[
        int | None,
        typer.Option(help="Exit 1 if more than N prospects have another verdict or band.", min=0, metavar="N"),
    ] = None,
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
    format_: Annotated[str | None, format_option("table, markdown or json.", "DIFF")] = None,
    as_json: AsJson = False,
    out: Output = None,
) -> None:
    """Compare rules: what changed, in words; and on a list, whom it moves and which change did how much of that.

    The verdict and band that --fail-if-moved counts are those of the primary scorecard.

    Example: psm-qualify rules diff psm psm+ours.yaml prospects.csv
    """
    from psm_qualify.authoring.diffing.weighing import diff as compare
    from psm_qualify.authoring.revisions import layers_of, read_rules
    from psm_qualify.cli import options
    from psm_qualify.cli.lists import Reading
    from psm_qualify.errors import UsageError
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import DIFF

    chosen_format = DIFF.chosen(options.format_name(format_, as_json), out)
    options.prepare_output(chosen_format.report)
    layers = [*layers_of(old), *layers_of(new)]
    options.check_outputs({"-o": out}, lists=[Path(file)] if file is not None else [], rules=layers)
    if file is None and fail_if_moved is not None:
        raise UsageError("--fail-if-moved counts prospects: name a list after the rules")
    before, after = map(read_rules, (old, new))
    reading = Reading(
        map_=map_, map_file=map_file, contacts=contacts, no_infer=no_infer, dedupe=dedupe, answers=answers,
        no_answers=no_answers, encoding=encoding, decimal=decimal, sheet=sheet, records=records,
    )  # fmt: skip
    with ExitStack() as held:
        opener = None if file is None else held.enter_context(_opener(file, reading, (before, after)))
        found = compare(before, after, (old, new), opener, "standard input" if file == "-" else file)
    with options.written(out) as path:
        chosen_format.render(found, Target(path))
    moved = 0 if found.moves is None else found.moves.failing
    if fail_if_moved is not None and moved > fail_if_moved:
        band = f" or band of {after.pack.primary.title}" if found.comparable else ""
        options.say(
            f"{moved} prospect{'s' if moved > 1 else ''} with another verdict{band}; "
            f"--fail-if-moved allows {fail_if_moved}"
        )
        sys.exit(1)


@contextmanager
def _opener(file: str, reading: Reading, packs: tuple[PackSource, PackSource]) -> Iterator[Opener]:
    """Ranks the list by any pack. What can be read only once is kept, and a mapped field may stand in one pack only."""
    from dataclasses import replace

    from psm_qualify.cli import options
    from psm_qualify.cli.lists import opened
    from psm_qualify.errors import UsageError, did_you_mean
    from psm_qualify.selection import Filter

    mapping = options.mapping(reading.map_, reading.map_file)
    known = {**packs[0].pack.fields, **packs[1].pack.fields}
    for field, header in mapping.items():
        if field not in known:
            hint = did_you_mean(field, tuple(known))
            raise UsageError(f"--map {field}={header}: neither pack has a field {field!r}; {hint}")
    with options.inputs([file, *([reading.contacts] if reading.contacts else [])]) as (paths, _):
        kept = replace(reading, map_file=None, contacts=str(paths[1]) if reading.contacts else None)

        @contextmanager
        def rank(pack: Pack) -> Iterator[Ranking]:
            own = [f"{field}={header}" for field, header in mapping.items() if field in pack.fields]
            with opened([str(paths[0])], pack, replace(kept, map_=own), Filter(), {}) as lists:
                yield lists.ranking

        yield rank
