"""The command line: a thin shell over the library. Importing it loads nothing heavy."""

from __future__ import annotations

import os
import sys

# pydantic would look through every installed package for plugins of its own; none is wanted here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> None:
    """Runs the command line. Expected failures, bugs and Ctrl-C each have their one place here."""
    if sys.argv[1:] == ["--version"]:
        from psm_qualify.version import version

        print(f"psm-qualify {version()}")
        return
    from psm_qualify.cli.app import app
    from psm_qualify.errors import QualifyError

    try:
        app()
    except QualifyError as error:
        from psm_qualify.cli.options import say

        say(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("psm-qualify: stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) has seen enough
        sys.exit(0)
