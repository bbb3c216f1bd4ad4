"""What Spark reads: CSV, JSON Lines and Parquet from any storage that it knows, files and folders."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - so it is called everywhere
from pyspark.sql.types import StringType, StructField, StructType

from psm_qualify.errors import InputError, OutputError, QualifyError, UsageError, did_you_mean
from psm_qualify.facts.text import shortened
from psm_qualify.sources.dialects import dialect_of
from psm_qualify.sources.table import Origin, Scan, Table

_HEAD = 50  # lines that tell how a text is delimited
DAMAGED = "at__damaged"
"""The column that holds a record that can't be read, as it stands; NULL for a sound one."""


@dataclass(frozen=True)
class SparkTable:
    """A table and the frame of its cells: columns `c0`, `c1` … in the order of its headers, and `at__damaged`."""

    table: Table
    frame: DataFrame


def open_spark_table(session: SparkSession, path: str, format_: str | None, encoding: str | None) -> SparkTable:
    """Opens a list. Its format is told by its ending unless it is named. Raises InputError, UsageError."""
    reader = _READERS[_format(path, format_)]
    with failing(InputError, path):
        return reader(session, path, encoding)


def is_there(session: SparkSession, path: str) -> bool:
    """Whether something stands at an address, in whatever storage."""
    try:
        return bool(session.read.text(path).schema)
    except PySparkException as error:
        if "PATH_NOT_FOUND" in str(error):
            return False
        raise OutputError(f"{path}: Spark can't write there: {_told(error)}") from None


@contextmanager
def failing(kind: type[QualifyError], what: str) -> Iterator[None]:
    """Turns a failure of Spark into an error of one line that says what to do where that is known."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise kind(f"{what}: {_told(error)}") from None


def _told(error: Exception) -> str:
    text = str(error)
    known = next((reason for sign, reason in _REASONS.items() if sign in text), None)
    return known or shortened((text.splitlines() or [type(error).__name__])[0], 300)


_UNSEEN = (
    "a worker can't read it: it has to lie where driver and workers alike see it, such as HDFS, S3 or a shared folder"
)
_REASONS: Mapping[str, str] = {
    "PATH_NOT_FOUND": "Spark finds nothing there; the path has to be one that the cluster sees",
    "FILE_NOT_EXIST": _UNSEEN,
    "FileNotFoundException": _UNSEEN,
    "UNABLE_TO_INFER_SCHEMA": "there is no data in it that Spark could read",
    "PATH_ALREADY_EXISTS": "there is something already; name another folder, or remove it first",
    "No FileSystem for scheme": "Spark has no file system for this kind of address; add its package to the cluster",
    "CANNOT_READ_FILE_FOOTER": "that is no Parquet file",
    "does not conform to the schema": "its files don't all have the same headers in the same order",
}


def _csv(session: SparkSession, path: str, encoding: str | None) -> SparkTable:
    # Read as a table of one column, for its first lines have the encoding of the rest.
    lines = session.read.option("encoding", _encoding(encoding)).csv(path, sep="\x01", quote="\x02")
    head = [row[0] for row in lines.limit(_HEAD).collect()]
    if not head:
        raise InputError(f"{path}: the file is empty")
    head[0] = head[0].removeprefix("\ufeff")
    dialect = dialect_of("\n".join(head))
    headers = next(csv.reader([head[0]], delimiter=dialect.delimiter, quotechar=dialect.quote))
    distinct = all(headers) and len({header.casefold() for header in headers}) == len(headers)
    columns = headers if distinct else [f"c{number}" for number in range(len(headers))]
    texts = [StructField(column, StringType()) for column in (*columns, DAMAGED)]
    frame = (
        session.read.schema(StructType(texts))
        .option("header", True)
        # Where headers tell the columns apart, every file of a folder has to have them in the same order.
        .option("enforceSchema", not distinct)
        .option("sep", dialect.delimiter)
        .option("quote", dialect.quote)
        .option("escape", "\\" if dialect.backslash else dialect.quote)
        .option("encoding", _encoding(encoding))
        .option("mode", "PERMISSIVE")
        .option("columnNameOfCorruptRecord", DAMAGED)
        .option("columnPruning", False)  # a record is counted as damaged whichever columns are read
        .option("maxCharsPerColumn", -1)
        .csv(path)
    )
    return _opened(path, "csv", headers, frame.toDF(*(f"c{number}" for number in range(len(headers))), DAMAGED))


def _encoding(name: str | None) -> str:
    """What Spark calls an encoding. Raises UsageError where it reads none of that name."""
    try:
        found = codecs.lookup(name or "utf-8").name
    except LookupError:
        found = ""
    if found not in _ENCODINGS:
        raise UsageError(
            f"--encoding {name}: Spark reads {', '.join(_ENCODINGS.values())}; convert the list to one of them"
        )
    return _ENCODINGS[found]


_ENCODINGS = {"utf-8": "UTF-8", "iso8859-1": "ISO-8859-1", "ascii": "US-ASCII"}


def _json(session: SparkSession, path: str, encoding: str | None) -> SparkTable:
    reader = session.read.option("primitivesAsString", True).option("columnNameOfCorruptRecord", DAMAGED)
    return _columns(path, "jsonl", reader.option("encoding", _encoding(encoding)).json(path))


def _parquet(session: SparkSession, path: str, encoding: str | None) -> SparkTable:
    return _columns(path, "parquet", session.read.parquet(path))


def _columns(path: str, format_: str, frame: DataFrame) -> SparkTable:
    """A frame whose columns have names and types of their own, as texts."""
    headers = [column for column in frame.columns if column != DAMAGED]
    if not headers:
        raise InputError(f"{path}: no record in it that Spark could read; it takes JSON Lines, an object a line")
    damaged = F.col(DAMAGED) if DAMAGED in frame.columns else F.lit(None).cast("string")
    cells = [
        F.col("`" + header.replace("`", "``") + "`").cast("string").alias(f"c{number}")
        for number, header in enumerate(headers)
    ]
    return _opened(path, format_, headers, frame.select(*cells, damaged.alias(DAMAGED)))


def _opened(path: str, format_: str, headers: Sequence[str], frame: DataFrame) -> SparkTable:
    # What holds no text at all is no record.
    texts = [F.when(F.trim(F.col(f"c{number}")) != "", True) for number in range(len(headers))]
    frame = frame.where(F.coalesce(*texts, F.col(DAMAGED).isNotNull()))
    scan = Scan(Path(path), ",", len(headers))
    return SparkTable(Table(path, scan, tuple(headers), Origin(format_), expected=0), frame)


_READERS: Mapping[str, Callable[[SparkSession, str, str | None], SparkTable]] = {
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
}
_ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json",
            ".parquet": "parquet"}  # fmt: skip


def _format(path: str, named: str | None) -> str:
    if named is not None and named not in _READERS:
        hint = did_you_mean(named, tuple(_READERS))
        raise UsageError(f"--input-format {named}: Spark does not read that here; {hint}")
    endings = PurePosixPath(path.rstrip("/*")).suffixes
    told = next((_ENDINGS[ending.lower()] for ending in reversed(endings) if ending.lower() in _ENDINGS), None)
    if named is None and told is None:
        raise UsageError(f"{path}: the name does not tell the format; add --input-format csv, json or parquet")
    return named or str(told)
