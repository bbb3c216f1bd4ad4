"""Spark clusters on this machine's loopback: a standalone master with workers, and a server of Spark Connect."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from servers import free_port, needs_spark


@contextmanager
def _daemon(sign: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process of Spark's, once it has said the sign. It is killed at the end, with all that it started."""
    import pyspark

    command = [str(Path(pyspark.__file__).parent / "bin" / "spark-class"), *arguments]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)
    assert process.stderr is not None
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if sign in line:
                break
        else:
            pytest.fail("".join(said[-20:]))
        # What it goes on saying must not fill the pipe, or it would stand still.
        drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        yield process
    finally:
        kill(process)
        process.stderr.close()
        drain.wait()


def kill(process: subprocess.Popen[str]) -> None:
    """Kills a process and all that it started, as a machine that is switched off."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


@dataclass(frozen=True)
class Cluster:
    """Where its master is, and its workers."""

    master: str
    workers: list[subprocess.Popen[str]]


@contextmanager
def standalone(workers: int) -> Iterator[Cluster]:
    """A master and workers of one core each."""
    needs_spark()
    address = f"spark://127.0.0.1:{(port := free_port())}"
    with ExitStack() as held:
        folder = held.enter_context(tempfile.TemporaryDirectory(prefix="psm-spark-"))
        master = "org.apache.spark.deploy.master.Master"
        held.enter_context(
            _daemon("New state: ALIVE", master, "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        )
        worker = ("org.apache.spark.deploy.worker.Worker", address, "--cores", "1", "--memory", "1g")
        where = ("--host", "127.0.0.1", "--webui-port", "0", "--work-dir", folder)
        started = [
            held.enter_context(_daemon("Successfully registered with master", *worker, *where)) for _ in range(workers)
        ]
        yield Cluster(address, started)


@contextmanager
def connect_server() -> Iterator[str]:
    """The address of a server of Spark Connect."""
    needs_spark()
    pytest.importorskip("grpc", reason="Spark Connect is not installed: pip install 'psm-qualify[spark]'")
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.port": str(port),
        "spark.master": "local[2]",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
    }
    submit = [
        "org.apache.spark.deploy.SparkSubmit",
        "--class",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
    ]
    for key, value in settings.items():
        submit += ["--conf", f"{key}={value}"]
    with _daemon("Spark Connect server started", *submit, "spark-internal"):
        yield f"sc://127.0.0.1:{port}"
