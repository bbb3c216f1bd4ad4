"""The typer application: one small file per command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer._completion_classes import completion_init

from psm_qualify.version import __version__

COMMANDS: Mapping[str, str] = {
    "score": "psm_qualify.cli.score:score",
    "explain": "psm_qualify.cli.explain:explain",
    "ask": "psm_qualify.cli.ask:ask",
    "questions": "psm_qualify.cli.questions:questions",
    "fields": "psm_qualify.cli.fields:fields",
    "template": "psm_qualify.cli.template:template",
    "sql": "psm_qualify.cli.sql:sql",
    "completion": "psm_qualify.cli.completion:completion",
    "rules": "psm_qualify.cli.authoring.app:app",
}
"""Where each command is, in the order of `--help`."""


def application(words: Sequence[str] | None = None) -> typer.Typer:
    """The application; for a given command line no more of it than that needs, since each command takes a while to
    make: the command that is named, or else what is told of all."""
    app = typer.Typer(
        name="psm-qualify",
        help="Tells which prospects fit an ideal-client profile, why, what to ask next, and how to work with each.",
        no_args_is_help=True,
        add_completion=False,  # there is a command for it
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        # That --help was not asked for, Typer finds out with pydantic, unless it is told.
        context_settings={
            "help_option_names": ["-h", "--help"],
            "default_map": {"help": False, "rules": {"help": False}},
        },
    )
    app.callback()(_root)
    named = next((word for word in words or () if word in COMMANDS), None)
    for name in COMMANDS if named is None else (named,):
        module, _, attribute = COMMANDS[name].partition(":")
        command = getattr(import_module(module), attribute)
        if words is not None and named is None:
            command = _told(command)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    completion_init()
    return app


def _told(command: typer.Typer | Callable[..., None]) -> typer.Typer | Callable[[], None]:
    """What stands in the list of commands, and nothing that could be run."""
    if isinstance(command, typer.Typer):
        return typer.Typer(help=command.info.help)

    def told() -> None: ...

    told.__doc__ = command.__doc__
    return told


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"psm-qualify {__version__}")
        raise typer.Exit


def _root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Tells which prospects fit an ideal-client profile, why, what to ask next, and how to work with each."""
