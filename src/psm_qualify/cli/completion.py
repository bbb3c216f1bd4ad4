"""`psm-qualify completion`: what a shell needs to complete commands, options and their values."""

from __future__ import annotations

from typing import Annotated

import typer

from psm_qualify.cli.completing import COMPLETES, choices

SHELLS = ("bash", "zsh", "fish", "powershell")


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.", autocompletion=choices(*SHELLS))
    ],
) -> None:
    """Print the script by which a shell completes psm-qualify.

    Example: source <(psm-qualify completion bash)
    """
    from typer._completion_shared import get_completion_script

    from psm_qualify.errors import UsageError, did_you_mean

    if shell not in SHELLS:
        raise UsageError(f"completion {shell}: there is no such shell here; {did_you_mean(shell, SHELLS)}")
    typer.echo(get_completion_script(prog_name="psm-qualify", complete_var=COMPLETES, shell=shell))
