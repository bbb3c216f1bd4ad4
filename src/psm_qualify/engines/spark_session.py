"""A Spark session: one of our own, a cluster's, or one behind Spark Connect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
}


@contextmanager
def started(master: str | None = None, remote: str | None = None, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """A session, which is stopped at the end."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("psm-qualify")
    for key, value in {**SETTINGS, **(settings or {})}.items():
        builder = builder.config(key, value)
    session = (builder.remote(remote) if remote else builder.master(master or "local[*]")).getOrCreate()
    try:
        yield session
    finally:
        session.stop()
