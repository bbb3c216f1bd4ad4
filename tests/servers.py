"""Engines beside our own that run the whole query: a Spark session and a PostgreSQL server, started where they are
installed."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pytest

TABLE = "prospects"
Rows = list[tuple[Any, ...]]


class Server(Protocol):
    """Something that holds a table of texts and answers a query over it."""

    def load(self, columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
        """Puts the rows into the table `prospects`, in the place of what was there."""

    def run(self, query: str) -> tuple[list[str], Rows]:
        """The names of the columns, and the rows."""


class DuckDBServer:
    def __init__(self) -> None:
        self._db = duckdb.connect()

    def load(self, columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
        named = ", ".join(f'"{column}" VARCHAR' for column in columns)
        self._db.execute(f"CREATE OR REPLACE TABLE {TABLE} ({named})")
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", [list(row) for row in rows])

    def run(self, query: str) -> tuple[list[str], Rows]:
        found = self._db.execute(query)
        return [each[0] for each in found.description or ()], found.fetchall()


class SparkServer:
    def __init__(self, session: Any) -> None:
        self._session = session

    def load(self, columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
        schema = ", ".join(f"`{column}` STRING" for column in columns)
        self._session.createDataFrame([tuple(row) for row in rows], schema).coalesce(1).createOrReplaceTempView(TABLE)

    def run(self, query: str) -> tuple[list[str], Rows]:
        found = self._session.sql(query.rstrip(";\n"))
        return found.columns, [tuple(row) for row in found.collect()]


class PostgresServer:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def load(self, columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
        named = ", ".join(f'"{column}" TEXT' for column in columns)
        with self._connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE} CASCADE")
            cursor.execute(f"CREATE TABLE {TABLE} ({named})")
            with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    def run(self, query: str) -> tuple[list[str], Rows]:
        with self._connection.cursor() as cursor:
            cursor.execute(query)
            return [each.name for each in cursor.description], cursor.fetchall()


@contextmanager
def duckdb_server() -> Iterator[Server]:
    yield DuckDBServer()


def needs_spark() -> None:
    """Skips where Spark can't run."""
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'psm-qualify[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")


# Interpreted, for the packs of a test run once: compiling each plan would cost more than running it.
INTERPRETED = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
}


@contextmanager
def spark_server() -> Iterator[Server]:
    needs_spark()
    from psm_qualify.engines.spark_session import started

    with started(master="local[2]", settings=INTERPRETED) as session:
        yield SparkServer(session)


@contextmanager
def postgres_server() -> Iterator[Server]:
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not tools:
        pytest.skip("there is no PostgreSQL server: apt install postgresql")
    with tempfile.TemporaryDirectory(prefix="psm-postgres-") as folder:
        data, port = Path(folder, "data"), free_port()
        # The server refuses to run as root.
        user = "postgres" if os.geteuid() == 0 else None
        if user is not None:
            shutil.chown(folder, user)
        initdb = [tools[-1] / "initdb", "-D", data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "tester"]
        subprocess.run(initdb, check=True, capture_output=True, user=user, cwd=folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        control = [tools[-1] / "pg_ctl", "-D", data, "-w", "-l", Path(folder, "log")]
        subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True, user=user, cwd=folder)
        try:
            target = f"host=127.0.0.1 port={port} user=tester dbname=postgres"
            with psycopg.connect(target, autocommit=True) as connection:
                yield PostgresServer(connection)
        finally:
            subprocess.run(
                [*control, "-m", "immediate", "stop"], check=True, capture_output=True, user=user, cwd=folder
            )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


SERVERS = {"duckdb": duckdb_server, "spark": spark_server, "postgres": postgres_server}


def flat(columns: Sequence[str], rows: Rows) -> list[dict[str, str]]:
    """Rows as a flat export writes them."""
    return [dict(zip(columns, map(written, row), strict=True)) for row in rows]


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def read_csv(path: Path) -> tuple[list[str], list[list[str | None]]]:
    """The columns of a list, and its cells as an engine reads them: an empty one is NULL."""
    with path.open(newline="", encoding="utf-8") as file:
        columns, *rows = csv.reader(file)
    return columns, [[cell or None for cell in row] for row in rows]
