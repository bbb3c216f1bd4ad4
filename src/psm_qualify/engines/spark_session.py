"""A Spark session: in this process, on a cluster, or behind Spark Connect."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from psm_qualify.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
_QUIET: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}
_RUNNING: Mapping[str, str] = {
    "spark.sql.ansi.enabled": "true",  # what does not fit is an error, never a wrong number
    "spark.sql.debug.maxToStringFields": "10",
}
_ADDRESS = re.compile(r"(?:spark|sc)://([^:/;,]+):([0-9]+)")
_PATIENCE = 5  # seconds for an address to answer


@contextmanager
def started(
    master: str | None = None, remote: str | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[SparkSession]:
    """A session that is stopped at the end: at a `master` (local[*] unless given) or a `remote` of Spark Connect.

    Raises UsageError where it can't be had.
    """
    if master is not None and remote is not None:
        raise UsageError("--master and --remote exclude one another: a cluster is reached by one of them")
    _check_address(master or remote or LOCAL)
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("Spark is not installed: pip install 'psm-qualify[spark]'") from None
    if remote is None and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise UsageError("Spark needs Java, and there is none: install a JDK (17 or later), or set JAVA_HOME")
    builder = SparkSession.builder.appName("psm-qualify").remote(remote) if remote else None
    if builder is None:
        builder = SparkSession.builder.appName("psm-qualify").master(master or LOCAL)
        for key, value in _QUIET.items():
            builder = builder.config(key, value)
    for key, value in {**_RUNNING, **(settings or {})}.items():
        builder = builder.config(key, value)
    with _unheard() as heard:
        try:
            session = builder.getOrCreate()
        except Exception as error:
            raise UsageError(f"{remote or master or LOCAL}: no Spark answers: {_reason(error, heard)}") from None
    try:
        yield session
    finally:
        session.stop()


def _check_address(address: str) -> None:
    """Spark itself would try for minutes. Raises UsageError where nobody listens."""
    if address.startswith(("spark://", "sc://")):
        found = _ADDRESS.match(address)
        if found is None:
            raise UsageError(f"{address}: write it like spark://host:7077 or sc://host:15002")
        host, port = found[1], int(found[2])
        try:
            socket.create_connection((host, port), _PATIENCE).close()
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error) or "no answer"
            raise UsageError(f"{address}: nobody answers at {host}, port {port}: {reason}") from None


@contextmanager
def _unheard() -> Iterator[IO[bytes]]:
    """Keeps off the screen what Java says on standard error from its start on, and gives it, for an error's sake."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as heard:
        os.dup2(heard.fileno(), 2)
        try:
            yield heard
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)


def _reason(error: Exception, heard: IO[bytes]) -> str:
    """The line that says what is wrong, from the error or from what Java said."""
    heard.seek(0)
    said = heard.read().decode(errors="replace").splitlines()
    for line in (*str(error).splitlines(), *said):
        if re.search(r"(?i)could not parse|unsupported.*version|unable to locate|error:|exception:", line):
            return line.strip()
    return str(error).splitlines()[0] if str(error) else type(error).__name__
