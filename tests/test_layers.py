"""Packs of several files, and packs laid over one another."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from psm_qualify.engines.direct import DirectEngine
from psm_qualify.errors import Finding, PackError
from psm_qualify.results import Prospect
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import score

BASE = """\
pack: {name: base, title: Base, version: 1.0.0, rank_by: [fit], unknown_values: [not asked]}
fields:
  reps: {type: number, columns: [sales reps]}
  coached: {type: yes_no}
scorecards:
  fit:
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}
    bands:
      A: {at_least: 50}
      B: {at_least: 0}
tests:
  - {name: three, prospect: {reps: 3}, expect: {verdict: qualified}}
"""
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a rule file (below a folder, where the name has one) and returns its path."""

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def over(write: Write, layer: str) -> Pack:
    """The base pack with a layer above it."""
    return load_pack(write("base.yaml", BASE), write("ours.yaml", layer))


def refused(*paths: Path) -> tuple[Finding, ...]:
    with pytest.raises(PackError) as caught:
        load_pack(*paths)
    return caught.value.findings


def one_prospect(pack: Pack, folder: Path, **cells: str) -> Prospect:
    """One row of field ids and cells, through the engine."""
    file = folder / "list.csv"
    file.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8")
    with score([file], pack, engine=DirectEngine()) as ranking:
        (only,) = ranking
    return only


# ---------------------------------------- one layer of several files


def test_the_files_of_a_folder_merge_in_name_order(write: Write, tmp_path: Path) -> None:
    cards = "scorecards: {{fit: {{criteria: {{{}: {{required: true, when: {{reps: 3}}, points: 1}}}}{}}}}}\n"
    write("rules/20.yaml", cards.format("second", ""))
    write("rules/100.yaml", "fields: {notes: {type: text}}\n" + cards.format("first", ", bands: {A: {at_least: 0}}"))
    write("rules/0.yaml", "pack: {name: split}\nfields: {reps: {type: number}}\n")
    write("rules/ignored.txt", "not rules: [")
    pack = load_pack(tmp_path / "rules")
    assert list(pack.fields) == ["reps", "notes"]
    # 0, 100, 20: names, not numbers
    assert [criterion.id for criterion in pack.criteria] == ["first", "second"]


def test_the_tests_of_all_files_are_kept(write: Write, tmp_path: Path) -> None:
    write("rules/1.yaml", BASE)
    write("rules/2.yaml", "tests:\n  - {name: seven, prospect: {reps: 7}, expect: {verdict: disqualified}}\n")
    assert [test.name for test in load_pack(tmp_path / "rules").tests] == ["three", "seven"]


@pytest.mark.parametrize(
    ("text", "name", "second", "first"),
    [
        ("fields:\n  reps: {type: text}\n", "fields.reps", (2, 3), (3, 3)),
        ("scorecards:\n  fit:\n    criteria:\n      small: {when: {reps: 1}, points: 1}\n",
         "scorecards.fit.criteria.small", (4, 7), (8, 7)),
        ("scorecards:\n  fit:\n    bands:\n      A: {at_least: 70}\n", "scorecards.fit.bands.A", (4, 7), (10, 7)),
        ("fields:\n  reps: {type: text, replace: true}\n", "fields.reps", (2, 3), (3, 3)),
    ],
    ids=["field", "criterion", "band", "replace is for later layers"],
)  # fmt: skip
def test_one_id_twice_in_a_layer_names_both_places(
    text: str, name: str, second: tuple[int, int], first: tuple[int, int], write: Write, tmp_path: Path
) -> None:
    write("rules/1.yaml", BASE)
    write("rules/2.yaml", text)
    (one,) = refused(tmp_path / "rules")
    assert one.code == "defined-twice"
    assert name in one.message
    assert (Path(one.place.file).name, one.place.line, one.place.column) == ("2.yaml", *second)
    assert f"1.yaml:{first[0]}:{first[1]}" in one.message


def test_two_headers_in_a_layer_are_refused(write: Write, tmp_path: Path) -> None:
    write("rules/1.yaml", BASE)
    write("rules/2.yaml", "pack: {name: other}\n")
    (one,) = refused(tmp_path / "rules")
    assert (one.code, Path(one.place.file).name, one.place.line) == ("defined-twice", "2.yaml", 1)
    assert "1.yaml:1:" in one.message


# ---------------------------------------- layers


def test_a_later_layer_adds_fields_criteria_scorecards_and_tests(write: Write) -> None:
    pack = over(
        write,
        """\
fields: {years: {type: duration}}
scorecards:
  fit: {criteria: {old: {when: {years: {at_least: 5 years}}, points: 10}}}
  more: {criteria: {young: {when: {years: {less_than: 5 years}}, points: 1}}, bands: {all: {at_least: 0}}}
tests: [{name: four, prospect: {reps: 4}, expect: {verdict: qualified}}]
""",
    )
    assert list(pack.fields) == ["reps", "coached", "years"]
    assert [criterion.id for criterion in pack.scorecards["fit"].criteria] == ["small", "old"]
    assert [criterion.id for criterion in pack.scorecards["more"].criteria] == ["young"]
    assert [test.name for test in pack.tests] == ["three", "four"]
    assert pack.rank_by == ("fit",)
    assert pack.scorecards["fit"].ceiling == 50


def test_a_later_layer_adds_a_band(write: Write) -> None:
    pack = over(write, "scorecards: {fit: {bands: {top: {at_least: 90}}}}\n")
    assert [band.id for band in pack.scorecards["fit"].bands] == ["top", "A", "B"]


@pytest.mark.parametrize(
    ("layer", "name", "owner"),
    [
        ("fields: {reps: {type: text}}\n", "fields.reps", "fields.reps"),
        ("scorecards: {fit: {criteria: {small: {when: {reps: 1}, points: 1}}}}\n",
         "scorecards.fit.criteria.small", "scorecards.fit.criteria.small"),
        ("scorecards: {fit: {bands: {A: {at_least: 70}}}}\n",
         "scorecards.fit.bands.A", "scorecards.fit.bands.A"),
        ("fields: {reps: {type: text, replace: no}}\n", "fields.reps", "fields.reps"),
    ],
    ids=["field", "criterion", "band", "replace: no"],
)  # fmt: skip
def test_a_later_layer_redefines_nothing_by_accident(layer: str, name: str, owner: str, write: Write) -> None:
    (one,) = refused(write("base.yaml", BASE), write("ours.yaml", layer))
    assert (one.code, Path(one.place.file).name) == ("defined-twice", "ours.yaml")
    assert name in one.message
    assert "base.yaml:" in one.message
    assert "replace: true" in one.hint
    assert owner in one.hint


def test_replace_puts_a_field_in_place_of_the_first_whole(write: Write) -> None:
    pack = over(write, "fields: {coached: {replace: true, type: choice, choices: {a: [b]}}}\n")
    assert pack.fields["coached"].type == "choice"
    assert list(pack.fields) == ["reps", "coached"]


def test_replace_puts_a_criterion_in_place_of_the_first_whole(write: Write) -> None:
    layer = "scorecards: {fit: {criteria: {small: {replace: true, required: true, when: {reps: 1}, points: 7}}}}\n"
    (criterion,) = over(write, layer).criteria
    assert (criterion.id, criterion.ceiling) == ("small", 7)


def test_replace_leaves_nothing_of_what_was_there(write: Write) -> None:
    layer = "scorecards: {fit: {criteria: {small: {replace: true, when: {reps: 1}, points: 7}}}}\n"
    (one,) = refused(write("base.yaml", BASE), write("ours.yaml", layer))
    assert one.code == "nothing-required"  # the first one's `required: true` went with it


def test_replace_moves_a_band_in_its_place(write: Write) -> None:
    bands = over(write, "scorecards: {fit: {bands: {A: {replace: true, at_least: 70}}}}\n").scorecards["fit"].bands
    assert [(band.id, band.at_least) for band in bands] == [("A", Decimal(70)), ("B", Decimal(0))]


def test_replace_puts_a_scorecard_in_place_of_the_first_whole(write: Write) -> None:
    criteria = "criteria: {other: {required: true, when: {coached: no}, points: 1}}"
    pack = over(write, f"scorecards: {{fit: {{replace: true, {criteria}, bands: {{Z: {{at_least: 0}}}}}}}}\n")
    assert [criterion.id for criterion in pack.criteria] == ["other"]
    assert [band.id for band in pack.primary.bands] == ["Z"]


@pytest.mark.parametrize("yes", ["true", "yes", "True"])
def test_replace_is_a_yes_however_it_is_written(yes: str, write: Write) -> None:
    assert over(write, f"fields: {{coached: {{replace: {yes}, type: text}}}}\n").fields["coached"].type == "text"


def test_unknown_values_add_up(write: Write) -> None:
    reader = over(write, "pack: {name: ours, unknown_values: [who knows]}\n").fields["coached"].reader
    for text in ("not asked", "who knows", "n/a"):
        assert (reader.read(text).value, reader.read(text).understood) == (None, True)
    assert not reader.read("perhaps").understood


def test_one_unknown_value_adds_up_too(write: Write) -> None:
    reader = over(write, "pack: {name: ours, unknown_values: who knows}\n").fields["coached"].reader
    assert reader.read("who knows").understood
    assert reader.read("not asked").understood


def test_the_header_of_a_later_layer_wins_key_by_key(write: Write) -> None:
    pack = over(write, "pack: {name: ours, version: 2.0.0}\n")
    assert (pack.name, pack.title, pack.version, pack.rank_by) == ("ours", "Base", "2.0.0", ("fit",))


def test_a_later_layer_needs_no_header(write: Write) -> None:
    assert over(write, "fields: {years: {type: duration}}\n").name == "base"


def test_three_layers(write: Write) -> None:
    paths = [write("a.yaml", BASE), write("b.yaml", "pack: {name: b}\nfields: {x: {type: text}}\n"),
             write("c.yaml", "pack: {name: c}\nfields: {x: {replace: true, type: number}}\n")]  # fmt: skip
    pack = load_pack(*paths)
    assert (pack.name, pack.fields["x"].type) == ("c", "number")
    assert pack.origin == tuple(map(str, paths))


def test_a_fault_in_a_later_layer_is_shown_in_its_own_file(write: Write) -> None:
    layer = "scorecards:\n  fit:\n    criteria:\n      old: {when: {reps: many}, points: 1}\n"
    (one,) = refused(write("base.yaml", BASE), write("ours.yaml", layer))
    assert (one.code, Path(one.place.file).name) == ("bad-literal", "ours.yaml")
    assert (one.place.line, one.place.column) == (4, 26)


# ---------------------------------------- the shipped pack below one's own


OURS = """\
fields: {vans: {type: number, question: 'How many vans do you run?'}}
scorecards:
  fit:
    criteria:
      has_vans: {when: {vans: {at_least: 2}}, points: 25, otherwise: -25}
"""


def test_a_firm_adds_a_criterion_to_the_shipped_pack_and_the_score_moves(write: Write, tmp_path: Path) -> None:
    cells = {"sales_reps": "3", "sales_leader": "nobody", "vans": "4"}
    ours = load_pack("psm", write("ours.yaml", OURS))
    before = one_prospect(load_pack("psm"), tmp_path, **cells).scorecards["fit"].score
    after = one_prospect(ours, tmp_path, **cells).scorecards["fit"].score
    without = one_prospect(ours, tmp_path, **{**cells, "vans": "1"}).scorecards["fit"].score
    # A scorecard of 100 points from 0 becomes one of 150 points from -25: 85 of 100, then
    # (85 + 25 + 25) / 150 and (85 - 25 + 25) / 150.
    assert (before, after, without) == (Decimal(85), Decimal(90), Decimal("56.7"))


def test_the_origin_names_the_layers_as_the_user_did(write: Write) -> None:
    path = write("ours.yaml", OURS)
    assert load_pack("psm", path).origin == ("psm", str(path))


# ---------------------------------------- the digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 40", "points: 41"),
        ("between: [1, 6]", "between: [1, 5]"),
        ("columns: [sales reps]", "columns: [sales team]"),
        ("[not asked]", "[not told]"),
        ("version: 1.0.0", "version: 1.0.1"),
        ("A: {at_least: 50}", "A: {at_least: 51}"),
    ],
)
def test_the_digest_changes_with_the_content(old: str, new: str) -> None:
    assert old in BASE
    assert parse_pack(BASE.replace(old, new)).digest != parse_pack(BASE).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("scorecards:\n", "# what we ask\n\nscorecards:   # all of them\n"),
        ("reps: {type: number, columns: [sales reps]}", 'reps:\n    type: "number"\n    columns:\n      - sales reps'),
    ],
    ids=["comments", "style"],
)
def test_the_digest_stays_where_only_the_writing_changes(old: str, new: str) -> None:
    assert old in BASE
    assert parse_pack(BASE.replace(old, new)).digest == parse_pack(BASE).digest


def test_the_digest_is_a_sha256() -> None:
    kind, _, figure = parse_pack(BASE).digest.partition(":")
    assert kind == "sha256"
    assert len(bytes.fromhex(figure)) == 32


def test_a_layer_changes_the_digest(write: Write) -> None:
    assert over(write, "fields: {years: {type: duration}}\n").digest != parse_pack(BASE).digest


def test_split_files_have_the_digest_of_the_whole(write: Write, tmp_path: Path) -> None:
    head, tail = BASE.split("scorecards:\n")
    write("rules/1.yaml", head)
    write("rules/2.yaml", "scorecards:\n" + tail)
    assert load_pack(tmp_path / "rules").digest == parse_pack(BASE).digest


def test_what_is_not_there_can_not_be_replaced(write: Write) -> None:
    base = write("base.yaml", BASE)
    typo = "scorecards: {fit: {criteria: {smal: {replace: true, when: {reps: 9}, points: 1}}}}\n"
    (one,) = refused(base, write("ours.yaml", typo))
    assert (one.code, one.place.line) == ("nothing-to-replace", 1)
    assert "small" in one.hint


def test_tests_of_a_pack_that_is_partly_replaced_are_not_kept(write: Write) -> None:
    base = write("base.yaml", BASE)
    ours = """
scorecards:
  fit:
    replace: true
    criteria: {few: {when: {reps: {at_most: 9}}, points: 5, required: true}}
    bands: {A: {at_least: 0}}
"""
    pack = load_pack(base, write("ours.yaml", ours))
    assert [criterion.id for criterion in pack.primary.criteria] == ["few"]
    assert pack.tests == ()


def test_a_misspelt_scorecard_of_a_later_layer_is_no_new_one(write: Write) -> None:
    layer = "scorecards: {fitt: {criteria: {led: {when: {coached: yes}, points: 5}}}}\n"
    (one,) = refused(write("base.yaml", BASE), write("ours.yaml", layer))
    assert (one.code, one.place.line, one.place.column) == ("unknown-scorecard", 1, 14)
    assert "'fitt'" in one.message
    assert "did you mean 'fit'?" in one.hint


def test_a_new_scorecard_of_a_later_layer_that_is_like_none_needs_bands(write: Write) -> None:
    layer = "scorecards: {service: {criteria: {led: {when: {coached: yes}, points: 5}}}}\n"
    (one,) = refused(write("base.yaml", BASE), write("ours.yaml", layer))
    assert (one.code, "'bands'" in one.message) == ("missing-key", True)


def test_what_an_unreadable_layer_may_hold_is_not_missing(write: Write) -> None:
    layer = """\
fields: {reps: {replace: true, type: text}}
scorecards: {fitt: {criteria: {a: {when: {b: 1}, points: 5}}}}
"""
    broken = write("base.yaml", BASE.replace("number,", "number: [,"))
    assert {Path(one.place.file).name for one in refused(broken, write("ours.yaml", layer))} == {"base.yaml"}
