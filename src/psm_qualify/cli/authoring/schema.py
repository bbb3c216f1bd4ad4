"""`psm-qualify rules schema`: what editors know the rule language by."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.", metavar="FILE")] = None,
) -> None:
    """Print the JSON Schema of rule files, by which an editor completes and checks them.

    Example: psm-qualify rules schema -o rules/pack.schema.json

    An editor with a YAML language server finds it by the first line of a rule file, which is:

    # yaml-language-server: $schema=pack.schema.json
    """
    from psm_qualify.authoring.schema import schema_text
    from psm_qualify.cli import options

    options.check_outputs({"-o": out})
    options.prepare_output(report=False)
    if out is None:
        typer.echo(schema_text(), nl=False)
        return
    with options.written(out) as path:
        assert path is not None
        path.write_text(schema_text(), encoding="utf-8")
