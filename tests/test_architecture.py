"""What may know what: imports run one way, and each outside library has its one place."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from psm_qualify.render import formats
from psm_qualify.render.base import Format

PACKAGE = Path(__file__).parents[1] / "src" / "psm_qualify"
LAYERS = (
    ("errors", "progress", "stopping", "version"),
    ("facts",),
    ("rules",),
    ("selection",),
    ("sources",),
    ("compile", "results"),
    ("assess", "entries", "hints", "suggestions"),
    ("advise",),
    ("judging",),
    ("dialects",),
    ("engines",),
    ("summaries",),
    ("scoring",),
    ("calling", "clusters", "explaining", "interviews", "moving"),
    ("columns", "template", "warehouse"),
    ("completing",),
    ("authoring",),
    ("surveys",),
    ("render",),
    ("cli",),
    ("__main__",),
)
"""From the bottom up. A module imports its own folder and layers below; the public `__init__` may name all."""
LEVEL = {part: level for level, layer in enumerate(LAYERS) for part in layer}
MODULES = sorted(PACKAGE.rglob("*.py"))
HOMES = {
    "typer": ("cli/",),
    "rich": ("cli/", "render/table.py", "render/lines.py", "render/fields.py", "render/plain.py"),
    "rapidfuzz": ("suggestions.py",),
    "yaml": ("rules/tree.py",),
    "sqlglot": ("dialects/",),
    "pyspark": ("engines/spark", "clusters.py"),
    "duckdb": ("engines/duckdb", "sources/parquet.py"),
    "pyarrow": ("engines/",),
    "numpy": ("engines/", "sources/delimited.py"),
    "python_calamine": ("sources/workbook.py",),
    "chardet": ("sources/encoding.py",),
    "watchfiles": ("cli/watching.py",),
    "xlsxwriter": ("render/template.py",),
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    """The folder, or the module at the top, to which a file belongs."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The full names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_downwards_only(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return  # names everything, imports it when it is first used
    own = part_of(path)
    assert own in LEVEL, f"{own}: say in LAYERS where it stands"
    for name in imports(path):
        if name.startswith("psm_qualify."):
            other = name.split(".")[1]
            assert other == own or LEVEL[other] < LEVEL[own], f"{name_of(path)} imports {name}"


def test_the_layers_hold_what_is_there() -> None:
    assert set(LEVEL) == {part_of(path) for path in MODULES} - {"__init__"}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_in_its_place(library: str) -> None:
    users = {name_of(path) for path in MODULES if library in {name.split(".")[0] for name in imports(path)}}
    assert users
    assert {user for user in users if not user.startswith(HOMES[library])} == set()


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("forbidden", ["print", "sys.exit", "exit", "input"])
def test_only_the_shell_talks_and_exits(forbidden: str) -> None:
    users = {name_of(path) for path in MODULES if forbidden in set(calls(path))}
    assert {user for user in users if not user.startswith("cli/")} == set()


def texts(path: Path) -> Iterator[str]:
    """The text constants of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("keyword", ["SELECT ", "CASE ", "FROM (", "CREATE "])
def test_sql_is_made_in_one_place(keyword: str) -> None:
    users = {name_of(path) for path in MODULES if any(keyword in text for text in texts(path))}
    assert users
    assert {user for user in users if not user.startswith(("compile/", "dialects/", "engines/duckdb"))} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_file_is_a_heap(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "misc"}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("format_", [each for kind in formats.ALL for each in kind.by_name.values()], ids=str)
def test_a_renderer_that_is_named_is_there(format_: Format[object]) -> None:
    module, _, function = format_.renderer.partition(":")
    assert callable(getattr(importlib.import_module(f"psm_qualify.render.{module}"), function))
