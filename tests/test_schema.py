"""The JSON Schema of rule files: it takes every pack that loads, read as an editor reads it, and refuses typos.

`PSM_QUALIFY_GOLDEN=1 pytest tests/test_schema.py` writes the schema and the reference anew; look at the difference.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from psm_qualify.authoring.reference import reference_text
from psm_qualify.authoring.schema import LANGUAGE_SERVER, SCHEMA_FILE, schema_text
from psm_qualify.authoring.starting import MINIMAL_PACK
from psm_qualify.cli.app import application
from psm_qualify.rules.loader import parse_pack
from psm_qualify.rules.model import Model, PackModel
from psm_qualify.rules.shipped import shipped_pack
from strategies import packs

ROOT = Path(__file__).parents[1]
SHIPPED = sorted(shipped_pack().glob("*.yaml"))
COMMITTED = ROOT / "rules" / SCHEMA_FILE
REFERENCE = ROOT / "docs" / "reference.md"
FENCED = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class NewerLoader(yaml.SafeLoader):
    """YAML 1.2 as the language server reads it: only true and false are booleans, and no text is a date."""


NewerLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", "-+.0123456789"),
):  # fmt: skip
    NewerLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))
NewerLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node), 10))

LOADERS = {"1.1": yaml.SafeLoader, "1.2": NewerLoader}
VALIDATOR = Draft7Validator(json.loads(schema_text()))


def read(text: str, loader: str) -> Any:
    """A rule file as an editor sees it: JSON, so that keys are texts."""
    return json.loads(json.dumps(yaml.load(text, Loader=LOADERS[loader]), default=str))


def faults(text: str, loader: str = "1.2") -> list[str]:
    return [f"{'.'.join(map(str, error.path))}: {error.message}" for error in VALIDATOR.iter_errors(read(text, loader))]


def valid() -> Iterator[tuple[str, str]]:
    """Rule files that load, by themselves or as a part of a pack, or a layer."""
    for file in (*SHIPPED, ROOT / "examples" / "coffee-roaster" / "cafes.yaml", MINIMAL_PACK / "pack.yaml"):
        yield file.name, file.read_text(encoding="utf-8")
    for document in ("README.md", "docs/rules.md"):
        (block,) = FENCED.findall((ROOT / document).read_text(encoding="utf-8"))
        yield document, block


VALID = dict(valid())


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(json.loads(schema_text()))


def test_the_file_beside_the_rules_is_in_step_with_the_models() -> None:
    if os.environ.get("PSM_QUALIFY_GOLDEN"):
        COMMITTED.write_text(schema_text(), encoding="utf-8")
    assert COMMITTED.read_text(encoding="utf-8") == schema_text()


def test_the_command_prints_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "psm_qualify", "rules", "schema"], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == schema_text()


def test_the_command_writes_it_to_a_file(tmp_path: Path) -> None:
    done = CliRunner().invoke(application(), ["rules", "schema", "-o", str(tmp_path / SCHEMA_FILE)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("name", VALID)
def test_every_rule_file_that_loads_fits(name: str, loader: str) -> None:
    assert faults(VALID[name], loader) == []


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_editors_find_the_schema_by_the_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").split("\n")[0]
    assert first == LANGUAGE_SERVER
    assert (file.parent / first.split("=")[1]).is_file()


HEAD = """
pack: {name: tiny}
fields:
  staff: {type: number}
  goal: {type: percent}
  open: {type: yes_no, assume: no}
  trade: {type: choice, choices: {1: [yes, null, 007, 2026-01-01], shops: shop}}
  notes: {type: text, label: }
"""
CARD = """
scorecards:
  fit:
    criteria:
      small: {required: true, when: %s, points: 10}
    bands: {A: {at_least: 50}, B: {at_least: 0}}
"""


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "when",
    [
        "{staff: 3}",
        "{staff: 1.5}",
        "{staff: [1, 2-4, 10+]}",
        "{staff: {between: [1, 6]}}",
        "{staff: {between: [1, 6], is_not: 3}}",
        "{open: yes}",
        "{open: true, staff: 3}",
        "{trade: 1}",
        "{trade: [1, shops]}",
        "{trade: {none_of: shops}}",
        "{goal: {at_most: 100%}}",
        "{notes: {mentions: [crm, 365]}}",
        "{notes: {known: no}}",
        "{notes: {matches: '[0-9]+'}}",
        "{say: small, any: [{staff: 3}, {not: {all: [{staff: 4}, {open: no}]}}]}",
    ],
)
def test_conditions_may_be_written_short(when: str, loader: str) -> None:
    text = HEAD + CARD % when
    parse_pack(text)
    assert faults(text, loader) == []


@pytest.mark.parametrize("loader", LOADERS)
def test_scalars_may_be_written_as_yaml_reads_them_otherwise(loader: str) -> None:
    text = """
pack: {name: 2026, title: , version: 1.10, rank_by: fit, unknown_values: [~, null, -]}
fields:
  staff: {type: number, columns: 42, units: [people], words: {1: 1, none: 0, yes: 3}, question: yes}
scorecards:
  fit:
    min_known: 12.5%
    source: 7
    criteria:
      small:
        required: yes
        levels: [{when: {staff: 3}, points: "10", say: }, {when: {staff: 4}, points: +5}]
        otherwise: -010
        note:
        advice: [{for: consultant, when: not met, say: 1}]
    bands: {1: {at_least: "50"}, B: {at_least: 0.0, title: no}}
tests:
  - {name: 1, prospect: {staff: }, expect: {verdict: needs_info, provisional: off, criteria: {small: unknown}}}
  - {name: two, prospect: {staff: 9}, expect: {fit: {band: B, score: 0, known: 1.0}, criteria: {small: not_met}}}
"""
    parse_pack(text)
    assert faults(text, loader) == []


class PlainDumper(yaml.SafeDumper):
    """Writes texts without quotes wherever YAML lets it, as authors do."""


PlainDumper.yaml_implicit_resolvers = {}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(packs())
def test_every_pack_that_works_fits(pack: dict[str, Any]) -> None:
    text = yaml.dump(pack, Dumper=PlainDumper, sort_keys=False, allow_unicode=True)
    parse_pack(text)
    for loader in LOADERS:
        assert faults(text, loader) == []


@pytest.mark.parametrize(
    ("typo", "place"),
    [
        ("scorcards: {}", "'scorcards' was unexpected"),
        ("pack: {nam: tiny}", "'nam' was unexpected"),
        ("fields: {staff: {type: numbr}}", "'numbr' is not one of"),
        ("fields: {staff: {label: Staff}}", "'type' is a required property"),
        ("fields: {staff: {type: number, colums: [a]}}", "'colums' was unexpected"),
        ("fields: {staff: {type: number, infer: [{form: [notes]}]}}", "'form' was unexpected"),
        ("fields: {staff: {type: number, columns: {a: b}}}", "fields.staff.columns:"),
        ("scorecards: {fit: {min_known: 25}}", "scorecards.fit.min_known:"),
        ("scorecards: {fit: {criteria: {small: {pionts: 10}}}}", "'pionts' was unexpected"),
        ("scorecards: {fit: {criteria: {small: {points: ten}}}}", "scorecards.fit.criteria.small.points:"),
        ("scorecards: {fit: {criteria: {small: {points: 1.5}}}}", "scorecards.fit.criteria.small.points:"),
        ("scorecards: {fit: {criteria: {small: {required: maybe}}}}", "scorecards.fit.criteria.small.required:"),
        ("scorecards: {fit: {criteria: {small: {when: {staff: {atleast: 3}}}}}}", "small.when.staff:"),
        ("scorecards: {fit: {criteria: {small: {when: {ayn: [{staff: 3}]}}}}}", "small.when.ayn:"),
        ("scorecards: {fit: {criteria: {small: {when: {staff: {between: [1]}}}}}}", "small.when.staff:"),
        ("scorecards: {fit: {criteria: {small: {when: {}}}}}", "small.when:"),
        ("scorecards: {fit: {criteria: {small: {when: {any: []}}}}}", "small.when.any:"),
        ("scorecards: {fit: {bands: {A: {at_least: 101}}}}", "scorecards.fit.bands.A.at_least:"),
        ("scorecards: {fit: {bands: {A: {title: Top}}}}", "'at_least' is a required property"),
        ("scorecards: {fit: {bands: {A: {at_least: 1, advice: [{for: me, say: x}]}}}}", "'me' is not one of"),
        ("tests: [{name: a, prospect: {}, expect: {verdct: qualified}}]", "tests.0.expect.verdct:"),
        ("tests: [{name: a, prospect: {}, expect: {fit: {bnd: A}}}]", "'bnd' was unexpected"),
        ("tests: [{name: a, prospect: {}, expect: {criteria: {small: no}}}]", "'no' is not one of"),
    ],
)
def test_a_typo_is_a_fault_where_it_stands(typo: str, place: str) -> None:
    found = faults(typo)
    assert len(found) == 1
    assert place in found[0]


def models() -> Iterator[type[Model]]:
    """The models of which a pack is made."""
    waiting: list[type[Model]] = list(Model.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        yield model


@pytest.mark.parametrize("model", [*models()], ids=lambda model: model.__name__)
def test_every_key_has_a_description(model: type[Model]) -> None:
    assert model.__doc__
    for name, info in model.model_fields.items():
        assert info.description, f"{model.__name__}.{name}"
        assert info.description.endswith("."), f"{model.__name__}.{name}"


def test_an_editor_shows_the_description_of_every_key() -> None:
    schema = json.loads(schema_text())
    shown = schema["definitions"]["Criterion"]["properties"]
    assert "less than 0 takes away" in shown["points"]["description"]
    assert "yes" in shown["required"]["anyOf"][0]["enum"]
    assert set(schema["properties"]) == set(PackModel.model_fields)


# -- the reference -------------------------------------------------------------------------------------------------


def test_the_reference_is_in_step_with_the_models() -> None:
    if os.environ.get("PSM_QUALIFY_GOLDEN"):
        REFERENCE.write_text(reference_text(), encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == reference_text()


def test_the_reference_names_every_key_of_every_part() -> None:
    text = reference_text()
    for model in models():
        section = text.split(f"\n## {model.model_config.get('title')}\n")[1].split("\n## ")[0]
        for name, info in model.model_fields.items():
            if name != model.implied:
                assert f"| `{info.alias or name}` |" in section, f"{model.__name__}.{name}"


def test_every_link_of_the_reference_leads_to_a_part() -> None:
    text = reference_text()
    parts = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.*)$", text, flags=re.MULTILINE)}
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert links <= parts
    assert len(links) > 8
