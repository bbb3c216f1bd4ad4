"""The command line: a thin shell over the library. Importing it loads nothing heavy."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress

_INTERRUPTED = 128 + signal.SIGINT
_OBJECTS = 100_000
"""So many new ones before Python looks for garbage: what it makes to start with, it keeps."""

# pydantic would look through every installed package for plugins of its own; none is wanted here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> None:
    """Runs the command line. Expected failures, bugs and Ctrl-C each have their one place here."""
    if sys.argv[1:] == ["--version"]:
        from psm_qualify.version import __version__

        print(f"psm-qualify {__version__}")
        return
    from psm_qualify.cli.leaving_out import left_out
    from psm_qualify.cli.stopping import Signals, Stopped

    gc.set_threshold(_OBJECTS)
    # Arrow loads it wherever it is installed, though nothing here needs it, but for Spark.
    unused = [] if any("spark" in word for word in sys.argv) else ["pandas"]
    signals = Signals()
    try:
        signals.heed()
        with left_out(*unused):
            _run()
    except BaseException as error:
        stopped = error if isinstance(error, Stopped) else signals.stopped
        if stopped is None:
            raise
        with suppress(OSError):  # the terminal may be gone
            print("psm-qualify: stopped", file=sys.stderr, flush=True)
        os._exit(stopped.exit_code)  # at once: a library may still be at work in a thread of its own
    finally:
        gc.freeze()  # else the end looks through everything once more


def _run() -> None:
    from psm_qualify.cli.app import application
    from psm_qualify.cli.completing import COMPLETES, keep_light
    from psm_qualify.cli.stopping import Stopped
    from psm_qualify.errors import QualifyError

    try:
        asked = COMPLETES in os.environ
        if asked:
            keep_light()
        application(None if asked else sys.argv[1:])(prog_name="psm-qualify")
    except QualifyError as error:
        from psm_qualify.cli.options import say

        say(str(error))
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == _INTERRUPTED:  # what Typer makes of a KeyboardInterrupt that a library raises
            raise Stopped(signal.SIGINT) from None
        raise
    except BrokenPipeError:  # the reader (head, less) has seen enough
        _drop_output()
    except OSError as error:
        _drop_output()
        print(f"psm-qualify: can't write the output: {error.strerror or error}", file=sys.stderr)
        sys.exit(2)


def _drop_output() -> None:
    """Sends what is still to be written nowhere, so that leaving does not fail over it once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
