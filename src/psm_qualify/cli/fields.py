"""`psm-qualify fields`: how a list is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psm_qualify.cli.arguments import AsJson, Decimals, Encoding, Lists, MapFile, Mapped, RecordsPath, Rules, Sheet
from psm_qualify.cli.completing import format_option


def fields(
    files: Lists,
    rules: Rules = None,
    map_: Mapped = None,
    map_file: MapFile = None,
    save_map: Annotated[
        Path | None, typer.Option(help="Write the mapping in use to a file, for --map-file.", metavar="FILE")
    ] = None,
    no_infer: Annotated[
        bool, typer.Option("--no-infer", help="Don't say what may be inferred from notes or contacts.")
    ] = False,
    encoding: Encoding = None,
    decimal: Decimals = None,
    sheet: Sheet = None,
    records: RecordsPath = None,
    format_: Annotated[str | None, format_option("table or json.", "SURVEY")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell which column feeds which field, what is not understood, and what is missing.

    Example: psm-qualify fields prospects.csv --save-map hubspot.toml
    """
    from psm_qualify.cli import options
    from psm_qualify.cli.bars import bar
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import SURVEY
    from psm_qualify.rules.loader import load_pack
    from psm_qualify.sources.map_files import write_map
    from psm_qualify.surveys import survey

    chosen_format = SURVEY.chosen(options.format_name(format_, as_json), None)
    pack = load_pack(*options.rules(rules))
    mapping = options.mapping(map_, map_file)
    options.prepare_output(chosen_format.report)
    with bar(None) as listener, options.inputs(files, listener) as (paths, names):
        options.check_outputs({"--save-map": save_map}, lists=paths, rules=pack.origin)
        found = survey(
            paths,
            pack,
            mapping=mapping,
            names=names,
            encoding=encoding,
            sheet=sheet,
            records=records,
            decimal=options.decimal_sign(decimal),
            infer=not no_infer,
            listener=listener,
        )
    with options.written(save_map) as path:
        if path is not None:
            write_map(path, found.mapping)
    chosen_format.render(found, Target())
    if save_map is not None:
        options.say(f"{len(found.mapping)} columns are kept in {save_map}: use it with --map-file")
