"""Rule files -> a checked pack. Every fault of a pack is reported at once, each with its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psm_qualify.errors import Finding, PackError, Place, UsageError, nearest
from psm_qualify.rules import layers, model, tree
from psm_qualify.rules.checks import check_pack
from psm_qualify.rules.criteria import CriterionBinder
from psm_qualify.rules.fields import FieldBinder
from psm_qualify.rules.findings import EnoughError, Findings, in_order
from psm_qualify.rules.pack import Band, Pack, Scorecard
from psm_qualify.rules.phrases import PatternReader
from psm_qualify.rules.places import Places
from psm_qualify.rules.shape import read_shape
from psm_qualify.rules.shipped import SHIPPED, shipped_pack

_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"{\\rtf")
"""How .docx, .xlsx and archives, PDF, .doc and .xls, gzip, pictures and RTF begin."""

_SAVE_AS = "in the editor choose Save as, with the encoding UTF-8"


@dataclass(frozen=True, slots=True)
class PackSource:
    """A pack, its shape as it was written, the place of every part of that, and the files in their order."""

    pack: Pack
    shape: model.PackModel
    places: Places
    files: tuple[str, ...]


def load_pack(*paths: str | Path) -> Pack:
    """The pack at `paths`: a file, a folder of `*.yaml`, or `psm` for the shipped one; later paths are layers.

    Raises PackError with every finding, UsageError where a path can't be read. That the patterns of the shipped pack
    are sound is taken for granted: to check them takes longer than all else.
    """
    return _load(paths, trusting=True).pack


def read_pack(*paths: str | Path) -> PackSource:
    """`load_pack`, with what it was read from, and nothing taken for granted: for those who work on the files."""
    return _load(paths, trusting=False)


def _load(paths: Sequence[str | Path], trusting: bool) -> PackSource:
    chosen = paths or (SHIPPED,)
    files = {str(path): rule_files(path) for path in chosen}
    found: list[Finding] = []
    trees = [[_read(file, found) for file in files[str(path)]] for path in chosen]
    shown = [_shown(file) for path in chosen for file in files[str(path)]]
    trusted = map(_shown, files.get(SHIPPED, ())) if trusting else ()
    return _build(trees, found, shown, tuple(map(str, chosen)), frozenset(trusted))


def parse_pack(text: str, name: str = "<text>") -> Pack:
    """The pack that one YAML text holds. Raises PackError."""
    found: list[Finding] = []
    return _build([[tree.parse(text, name, found)]], found, [name], (name,)).pack


def _build(
    trees: Sequence[Sequence[tree.Node | None]],
    found: list[Finding],
    files: Sequence[str],
    origin: tuple[str, ...],
    trusted: frozenset[str] = frozenset(),
) -> PackSource:
    """A checked pack from the trees of each layer's files; those that can't be read are None."""
    readable = [[root for root in layer if root is not None] for layer in trees]
    complete = sum(map(len, readable)) == len(files)
    source = None
    if any(readable):
        merging = list[Finding]()
        root = layers.merge([layer for layer in readable if layer], merging)
        found += [one for one in merging if complete or one.code not in layers.OF_LAYERS_BELOW]
        findings = Findings(Places(root), found)
        try:
            shape = read_shape(findings, complete)
            if shape is not None and complete:  # else too much would seem to be missing
                source = PackSource(_bind(shape, findings, origin, trusted), shape, findings.places, tuple(files))
        except EnoughError:
            found.append(Finding(*tree.TOO_MANY, found[-1].place))
    if source is None or found:
        raise PackError(in_order(found, files))
    return source


def _bind(shape: model.PackModel, findings: Findings, origin: tuple[str, ...], trusted: frozenset[str]) -> Pack:
    header = shape.pack
    patterns = PatternReader(findings, shape.phrases, trusted)
    fields = FieldBinder(findings, patterns, header.unknown_values).bind(shape.fields)
    binder = CriterionBinder(findings, fields, patterns)
    cards = {name: _scorecard(name, card, binder) for name, card in shape.scorecards.items()}
    rank_by = header.rank_by or (next(iter(cards)),)
    check_pack(shape, cards, rank_by, fields, findings)
    digest = _digest(tree.plain(findings.places.root))
    title = header.title or header.name
    return Pack(header.name, title, header.version, digest, rank_by, fields, cards, shape.tests, origin)


def _scorecard(name: str, card: model.Scorecard, binder: CriterionBinder) -> Scorecard:
    criteria = tuple(binder.bind(name, key, spec) for key, spec in card.criteria.items())
    bands = [Band(key, band.at_least, band.title or key, band.source, band.advice) for key, band in card.bands.items()]
    highest_first = tuple(sorted(bands, key=lambda band: -band.at_least))
    floor = sum(criterion.floor for criterion in criteria)
    ceiling = sum(criterion.ceiling for criterion in criteria)
    title = card.title or name.replace("_", " ").capitalize()
    return Scorecard(name, title, card.min_known, criteria, highest_first, floor, ceiling)


def _digest(data: tree.Plain) -> str:
    content = dict(data) if isinstance(data, dict) else {}
    content.pop("tests", None)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path, found: list[Finding]) -> tree.Node | None:
    """The tree of one rule file. None where it can't be read, for which there is a finding."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(tree.MAX_BYTES + 4)  # what is larger is refused, so it need not be read
    except OSError as error:
        raise UsageError(f"{file}: can't be read: {error.strerror}") from None
    if raw.startswith(_BINARY):
        message, hint = "this is no text file", "save the rules as plain text, in a file that ends in .yaml"
        found.append(Finding("not-text", message, hint, Place(_shown(file), 1, 1)))
        return None
    if (wide := _wide_encoding(raw)) is not None:
        message = f"the file is saved as {wide}, not as UTF-8"
        found.append(Finding("not-utf-8", message, _SAVE_AS, Place(_shown(file), 1, 1)))
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace").split("\n")
        line = raw.split(b"\n")[len(before) - 1].decode(errors="replace").rstrip("\r")
        place = Place(_shown(file), len(before), len(before[-1]) + 1, 1, line)
        found.append(Finding("not-utf-8", "the file is not saved as UTF-8: this sign can't be read", _SAVE_AS, place))
        return None
    return tree.parse(text, _shown(file), found)


def _wide_encoding(raw: bytes) -> str | None:
    """The name of an encoding with two or more bytes a sign, as some editors save. None where it is none."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:4]:
        return "UTF-16 or UTF-32"
    return None


def rule_files(path: str | Path) -> Sequence[Path]:
    """The rule files that a path stands for, in the order in which they are read. Raises UsageError."""
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
