"""Every dialect by the name that users call it. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from psm_qualify.dialects.base import Dialect
from psm_qualify.dialects.bigquery import BIGQUERY
from psm_qualify.dialects.duckdb import DUCKDB
from psm_qualify.dialects.postgres import POSTGRES
from psm_qualify.dialects.snowflake import SNOWFLAKE
from psm_qualify.dialects.spark import SPARK
from psm_qualify.errors import UsageError, did_you_mean

DIALECTS: Mapping[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        DUCKDB,
        SPARK,
        replace(SPARK, name="databricks", title="Databricks", sqlglot="databricks"),
        POSTGRES,
        BIGQUERY,
        SNOWFLAKE,
    )
}


def sql_dialect(name: str) -> Dialect:
    """The dialect of that name. Raises UsageError."""
    if name not in DIALECTS:
        raise UsageError(f"--dialect {name}: there is no such dialect; {did_you_mean(name, tuple(DIALECTS))}")
    return DIALECTS[name]
