"""Rule files -> a checked pack. Every fault of a pack is reported at once, each with its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from psm_qualify.errors import Finding, PackError, Place, UsageError, did_you_mean, nearest
from psm_qualify.rules import layers, model, tree
from psm_qualify.rules.checks import check_pack
from psm_qualify.rules.criteria import CriterionBinder
from psm_qualify.rules.fields import FieldBinder
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.pack import Band, Pack, Scorecard
from psm_qualify.rules.places import Places
from psm_qualify.rules.shipped import SHIPPED, shipped_pack


def load_pack(*paths: str | Path) -> Pack:
    """The pack at `paths`: a file, a folder of `*.yaml`, or `psm` for the shipped one; later paths are layers.

    Raises PackError with every finding, UsageError where a path can't be read.
    """
    chosen = paths or (SHIPPED,)
    findings: list[Finding] = []
    trees = [_read_layer(path, findings) for path in chosen]
    merged = layers.merge(trees, findings)
    if findings:
        raise PackError(findings)
    return build(merged, origin=tuple(map(str, chosen)))


def parse_pack(text: str, name: str = "<text>") -> Pack:
    """The pack that one YAML text holds. Raises PackError."""
    return build(tree.parse(text, name), origin=(name,))


def build(root: tree.Node, origin: tuple[str, ...]) -> Pack:
    """A checked pack from a merged tree. Raises PackError with every finding."""
    places = Places(root)
    data = tree.plain(root)
    try:
        shape = model.PackModel.model_validate(data)
    except ValidationError as error:
        raise PackError(places.findings(error)) from None
    return _bind(shape, places, _digest(data), origin)


def _bind(shape: model.PackModel, places: Places, digest: str, origin: tuple[str, ...]) -> Pack:
    findings = Findings(places.locate)
    header = shape.pack
    fields = FieldBinder(findings, header.unknown_values).bind(shape.fields)
    binder = CriterionBinder(findings, fields)
    cards = {name: _scorecard(name, card, binder) for name, card in shape.scorecards.items()}
    rank_by = header.rank_by or (next(iter(cards)),)
    for index, name in enumerate(rank_by):
        if name not in cards:
            findings.add(
                "unknown-scorecard",
                f"there is no scorecard {name!r}",
                did_you_mean(name, tuple(cards)),
                ("pack", "rank_by", index),
            )
    if not findings.found:
        check_pack(shape, cards, rank_by, fields, findings)
    if findings.found:
        raise PackError(findings.found)
    title = header.title or header.name
    return Pack(header.name, title, header.version, digest, rank_by, fields, cards, shape.tests, origin)


def _scorecard(name: str, card: model.Scorecard, binder: CriterionBinder) -> Scorecard:
    criteria = tuple(binder.bind(name, key, spec) for key, spec in card.criteria.items())
    sound = [criterion for criterion in criteria if criterion.levels]
    bands = tuple(
        Band(key, band.at_least, band.title or key, band.source, band.advice) for key, band in card.bands.items()
    )
    floor = sum(criterion.floor for criterion in sound)
    ceiling = sum(criterion.ceiling for criterion in sound)
    title = card.title or name.replace("_", " ").capitalize()
    return Scorecard(name, title, card.min_known, criteria, bands, floor, ceiling)


def _digest(data: tree.Plain) -> str:
    content = dict(data) if isinstance(data, dict) else {}
    content.pop("tests", None)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _read_layer(path: str | Path, findings: list[Finding]) -> list[tree.Node]:
    """The trees of one layer's files, in name order."""
    roots: list[tree.Node] = []
    for file in _files(path):
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            place = Place(str(file), 1, 1)
            findings.append(
                Finding("not-utf-8", f"not UTF-8 text (byte {error.start})", "save the file as UTF-8", place)
            )
            continue
        except OSError as error:
            raise UsageError(f"{file}: can't be read: {error.strerror}") from None
        try:
            roots.append(tree.parse(text, _shown(file)))
        except PackError as error:
            findings.extend(error.findings)
    return roots


def _files(path: str | Path) -> Sequence[Path]:
    folder = shipped_pack() if str(path) == SHIPPED else Path(path)
    if folder.is_dir():
        files = sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")), key=lambda file: file.name)
        if not files:
            raise UsageError(f"{path}: the folder holds no *.yaml rule file")
        return files
    if not folder.exists():
        near = nearest(folder.name, [item.name for item in folder.parent.iterdir()]) if folder.parent.is_dir() else None
        hint = f"; did you mean {folder.parent / near}?" if near else "; `psm` names the shipped pack"
        raise UsageError(f"{path}: there is no such rule file or folder{hint}")
    return [folder]


def _shown(file: Path) -> str:
    """A path as the user would write it: relative where it lies below the working folder."""
    try:
        return str(file.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(file)
