"""A gallery of broken packs: each has one mistake that an author makes, and beside it the message that it must get.

`NAME.yaml` is a pack, a folder `NAME` a pack of several files, `NAME.layers` a layer a file; `NAME.txt` is the message.
`PSM_QUALIFY_GOLDEN=1 pytest tests/test_gallery.py` writes the messages anew; look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from psm_qualify.errors import Finding, PackError
from psm_qualify.rules import tree
from psm_qualify.rules.loader import load_pack, parse_pack

GALLERY = Path(__file__).parent / "gallery"
REWRITES = "PSM_QUALIFY_GOLDEN"
PACKS = sorted(path.name for path in GALLERY.iterdir() if path.suffix != ".txt")
SEVERAL = {"several-mistakes.yaml": 3, "only-a-name.yaml": 2, "smart-quotes-in-a-list.yaml": 2,
           "markdown-fence.yaml": 2, "unreadable-in-three-sections.yaml": 3, "unreadable-beside-others": 4}  # fmt: skip
"""The packs that hold more than one mistake; of every other one there is one finding."""

if not hasattr(yaml, "CBaseLoader"):
    pytest.skip("the messages are those of libyaml, which this PyYAML was built without", allow_module_level=True)


def refusal(*paths: Path) -> PackError:
    """Why the pack, or its layers, can't be used."""
    with pytest.raises(PackError) as caught:
        load_pack(*paths)
    return caught.value


def shown_from(name: str, monkeypatch: pytest.MonkeyPatch) -> PackError:
    """Why a pack of the gallery can't be used, its files named as seen from there."""
    monkeypatch.chdir(GALLERY)
    path = Path(name)
    return refusal(*(sorted(path.iterdir()) if path.suffix == ".layers" else [path]))


@pytest.mark.parametrize("name", PACKS)
def test_a_broken_pack_gets_its_message(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    golden = GALLERY / f"{Path(name).stem}.txt"
    message = str(shown_from(name, monkeypatch)) + "\n"
    if os.environ.get(REWRITES):
        golden.write_text(message, encoding="utf-8")
    assert message == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PACKS)
def test_one_mistake_is_one_finding_with_a_place_and_a_hint(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    error = shown_from(name, monkeypatch)
    assert len(error.findings) == SEVERAL.get(name, 1)
    for one in error.findings:
        stands_in_its_file(one)
        assert one.hint
        assert "\n" not in one.message + one.hint
        assert len(one.message) <= 160


def stands_in_its_file(one: Finding) -> None:
    """The place lies in the text: the line is that of the file, and the caret under some of it or right behind it."""
    raw = (GALLERY / one.place.file).read_bytes()
    assert one.place.line >= 1
    assert one.place.column >= 1
    if one.place.text:
        lines = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
        assert one.place.text == lines[one.place.line - 1]
        assert one.place.column - 1 + one.place.length <= len(one.place.text) + 1


def test_no_message_speaks_the_language_of_the_parser() -> None:
    """`did not find expected ',' or '}'` and the like help nobody."""
    words = ("did not find", "found character", "while parsing", "block mapping", "flow", "token", "scalar", "stream")
    messages = {path.name: path.read_text(encoding="utf-8") for path in GALLERY.glob("*.txt")}
    assert len(messages) >= 40
    assert [(name, word) for name, text in messages.items() for word in words if word in text] == []


def test_every_message_of_the_gallery_belongs_to_a_pack() -> None:
    assert sorted(path.stem for path in GALLERY.glob("*.txt")) == sorted(Path(name).stem for name in PACKS)


# ---------------------------------------- what is too large to be kept


def refused_for_one_thing(text: str) -> Finding:
    """The one finding on a text. Without a bound on the work, none would ever come for those below."""
    with pytest.raises(PackError) as caught:
        parse_pack(text, "rules.yaml")
    (one,) = caught.value.findings
    return one


def test_a_file_of_10_mb_is_not_even_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("# padding\n" * 1_000_000, encoding="utf-8")
    (one,) = refusal(file).findings
    assert (one.code, one.place.line) == ("too-large", 1)
    assert "2 MB" in one.message
    assert "split" in one.hint


def test_an_alias_bomb_goes_off_at_once() -> None:
    bomb = "a: &a [" + ", ".join("x" * 9) + "]\n"
    for old, new in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True):
        bomb += f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    assert refused_for_one_thing(bomb).code == "too-large"


def test_too_many_values_without_aliases_are_not_told_of_repetitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_NODES", 100)
    one = refused_for_one_thing("tests: [" + "1," * 101 + "]\n")
    assert (one.code, "repetitions" in one.hint, "split" in one.hint) == ("too-large", False, True)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_bottomless_nesting_is_refused_at_once(opening: str) -> None:
    assert refused_for_one_thing("tests:\n  " + opening * 50_000).code == "too-deep"


def test_phrases_that_grow_in_one_another_are_refused_at_once() -> None:
    phrases = "".join(f'  p{i + 1}: "{f"<p{i}>" * 9}"\n' for i in range(1, 30))
    text = (GALLERY / "misspelt-key.yaml").read_text(encoding="utf-8").replace("unit:", "units:")
    text = text.replace("phrases:\n", f'phrases:\n  p1: "aaaa"\n{phrases}')
    with pytest.raises(PackError) as caught:
        parse_pack(text, "rules.yaml")
    assert {one.code for one in caught.value.findings} == {"bad-pattern"}


def test_a_pack_full_of_mistakes_tells_the_first_hundred() -> None:
    text = (GALLERY / "misspelt-key.yaml").read_text(encoding="utf-8")
    many = "".join(f"    units{number}: 5\n" for number in range(2_000))
    with pytest.raises(PackError) as caught:
        parse_pack(text.replace("    unit: [people]\n", many), "rules.yaml")
    codes = [one.code for one in caught.value.findings]
    assert (len(codes), codes.count("unknown-key"), codes.count("too-many")) == (101, 100, 1)


# ---------------------------------------- what only looks odd


SOUND = (GALLERY / "misspelt-key.yaml").read_text(encoding="utf-8").replace("unit:", "units:")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("units: [people]", "units: [people]  # “quoted” remarks: {fine}", id="a remark"),
        pytest.param("How many people work for you?", "How many are “in sales”?", id="smart quotes in a text"),
        pytest.param("How many people work for you?", "“Who” sells, “who” delivers, and how many?", id="many of them"),
        pytest.param("How many people work for you?", "’tis how many?", id="an apostrophe at the start"),
        pytest.param("How many people work for you?", "How\u00a0many?", id="a non-breaking space in a text"),
        pytest.param("  fit:", "  2024:", id="a number as a scorecard"),
        pytest.param("homes", "yes", id="yes as a choice"),
        pytest.param("  fit:", "  no:", id="no as a scorecard"),
        pytest.param("insured:", "5:", id="a number as a field"),
        pytest.param("\n", "\r\n", id="Windows line ends"),
    ],
)
def test_a_sound_pack_with_odd_signs_loads(old: str, new: str) -> None:
    text = SOUND.replace(old, new)
    if "fit" in old:
        text = text.replace("[fit]", f"[{new.strip(' :')}]").replace("fit: {band", f"{new.strip()} {{band")
    assert text != SOUND
    assert parse_pack(text).name == "plumbing"


def test_an_anchor_that_is_used_loads() -> None:
    text = SOUND.replace("[employees,", "[&who employees,").replace("[people]", "[*who]")
    assert parse_pack(text).fields["staff"].columns[0] == "employees"


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_pack("\ufeff" + SOUND).digest == parse_pack(SOUND).digest
