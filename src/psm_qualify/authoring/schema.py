"""The JSON Schema of rule files, for editors: made from the models, wide enough for what YAML makes of plain words.

The loader reads every scalar as the text that stands there. An editor reads `3` as a number and `true` as a boolean,
so that a text may be any of these here. A file may hold a part of a pack: what merges requires nothing.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from psm_qualify.rules.model import Model, PackModel

SCHEMA_FILE = "pack.schema.json"
"""The file beside the rules that their first line names."""

LANGUAGE_SERVER = f"# yaml-language-server: $schema={SCHEMA_FILE}"
"""The first line of a rule file: it tells editors where the schema is."""

_DRAFT = "http://json-schema.org/draft-07/schema#"  # what the YAML language server knows in full
_TEXT = ["string", "number", "boolean"]
_NUMBER = r"^\s*[+-]?([0-9][0-9_]*\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$"
_WHOLE = r"^\s*[+-]?[0-9][0-9_]*(\.0*)?\s*$"
_YES_NO = "^(" + "|".join(
    "".join(f"[{letter.upper()}{letter}]" for letter in word)
    for word in ("yes", "no", "y", "n", "true", "false", "t", "f", "on", "off")
) + "|0|1)$"  # fmt: skip
_DROPPED: tuple[object, ...] = (None, "", False, (), [], {})


def schema_text() -> str:
    """The schema as the text of its file."""
    schema = PackModel.model_json_schema(
        schema_generator=_RuleSchema, ref_template="#/definitions/{model}", mode="validation"
    )
    definitions = schema.pop("$defs")
    whole = {"$schema": _DRAFT, "title": "psm-qualify rules", **schema, "definitions": definitions}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


class _RuleSchema(GenerateJsonSchema):
    """Schemas of values as an editor reads them."""

    ignored_warning_kinds = frozenset({"non-serializable-default", "skipped-choice"})  # type: ignore[assignment]

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No key has a title: its name says it."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A text: whatever YAML makes of it. Nothing at all where it may be empty."""
        found = super().str_schema(schema)
        if "pattern" in found:
            return found
        return {**found, "type": _TEXT if "minLength" in found else [*_TEXT, "null"]}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """A whole number, in quotes or not."""
        return {"anyOf": [super().int_schema(schema), {"type": "string", "pattern": _WHOLE}]}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A number, in quotes or not."""
        bounds = {"ge": "minimum", "le": "maximum"}
        number = {"type": "number", **{bounds[key]: float(schema[key]) for key in bounds if key in schema}}  # type: ignore[literal-required]
        return {"anyOf": [number, {"type": "string", "pattern": _NUMBER}]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """yes or no, or one of their other words; YAML 1.2 leaves `yes` a text."""
        others = [{"type": "boolean"}, {"enum": [0, 1]}, {"type": "string", "pattern": _YES_NO}]
        return {"anyOf": [{"enum": ["yes", "no"]}, *others]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A key may be left out; to leave it empty is something else."""
        return self.generate_inner(schema["schema"])

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        """A list. A text in it may be `null` or `~`."""
        found = super().tuple_schema(schema)
        items = found.get("items")
        if isinstance(items, dict) and items.get("type") == _TEXT:
            found["items"] = {**items, "type": [*_TEXT, "null"]}
        return found

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Defaults that say something."""
        found = super().default_schema(schema)
        if found.get("default") in _DROPPED:
            found.pop("default", None)
        return found

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A mapping. What its implied key gathers stands beside the other keys."""
        found = super().model_schema(schema)
        found.pop("title", None)
        model = schema["cls"]
        assert issubclass(model, Model)
        if model.implied is not None:
            gathered = found["properties"].pop(model.implied)
            found["additionalProperties"] = {**gathered["additionalProperties"], "description": gathered["description"]}
            found["minProperties"] = 1
        if model.partial:
            found.pop("required", None)
            for part in found["properties"].values():
                part.pop("minProperties", None)
        if "description" in found:
            found["description"] = " ".join(found["description"].split())
        return found
