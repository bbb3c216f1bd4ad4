"""The rules as a document: conditions in plain words, points, bands, questions, and what is assumed and inferred."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from psm_qualify.authoring.showing import ShownPack, show
from psm_qualify.authoring.wording import condition_words
from psm_qualify.cli.app import application
from psm_qualify.errors import UsageError
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Item, Items
from psm_qualify.render.lines import console_on
from psm_qualify.render.plain import Sheet
from psm_qualify.render.showing import document
from psm_qualify.rules.loader import parse_pack, read_pack

FIELDS = """
pack: {name: tiny, title: Tiny}
fields:
  name: {type: text}
  notes: {type: text, label: Notes}
  trade: {type: text, label: Trade, question: "What do you do?"}
  staff: {type: number, label: Staff, question: "How many are you?", units: [people],
          infer: [{from: [notes], find: "([0-9]+) people", value: $1}, {contacts: rep, count: at_least}]}
  sellers: {type: number, label: Sellers, infer: [{at_most: staff}]}
  goal: {type: percent, label: Goal}
  age: {type: duration, label: Age}
  fair: {type: yes_no, label: Fair, question: "Was it fair?", assume: yes}
  leader: {type: choice, label: Leader, choices: {nobody: [], non_seller: [owner], seller: [sales manager]}}
  unused: {type: number, label: Unused, question: "Who asks this?"}
"""
CARD = """
scorecards:
  fit:
    title: Fit
    source: book
    min_known: 12.5%
    criteria:
      small:
        title: Small
        required: true
        when: {any: [{staff: {between: [1, 6]}, say: few}, {sellers: {less_than: 3}, say: hardly any sell}]}
        points: 25
        otherwise: -5
        source: S2
        note: Headcount alone proves nothing.
        advice:
          - {for: consultant, when: few, say: Call.}
          - {for: prospect, when: unknown, say: Count., source: S3}
      goals:
        levels:
          - {when: {goal: {at_most: 80%}, fair: yes}, points: 10, say: far off}
          - {when: {goal: {at_most: 100%}}, points: 0}
    bands:
      C: {at_least: 0}
      B: {at_least: 40.5, title: Good, source: S2}
      A: {at_least: 80, advice: [{for: consultant, say: Visit., source: S9}]}
"""


def shown(text: str) -> ShownPack:
    Path("pack.yaml").write_text(text, encoding="utf-8")
    return show(read_pack("pack.yaml"))


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ShownPack:
    monkeypatch.chdir(tmp_path)
    return shown(FIELDS + CARD)


def below(blocks: list[Block], title: str) -> dict[str, tuple[str, ...]]:
    """The first list behind a title: its items, each with its details."""
    at = next(number for number, block in enumerate(blocks) if isinstance(block, Heading) and block.text == title)
    items: Items = next(block for block in blocks[at:] if isinstance(block, Items))
    return {item.text: item.details for item in items.items}


def lines(blocks: list[Block], width: int) -> list[str]:
    out = io.StringIO()
    Sheet(console_on(out, width)).print(blocks)
    return out.getvalue().splitlines()


# -- conditions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("{staff: {between: [1, 6]}}", "Staff: 1 to 6"),
        ("{staff: 3}", "Staff: 3"),
        ("{staff: [1, 3-5, 10+]}", "Staff: 1 or 3 to 5 or at least 10"),
        ("{staff: {at_least: 2, less_than: 6}}", "Staff: at least 2, and under 6"),
        ("{staff: {is_not: 3}}", "Staff: not 3"),
        ("{goal: {less_than: 80%}}", "Goal: under 80%"),
        ("{age: {at_least: 3 years}}", "Age: at least 3 years"),
        ("{age: {at_least: 1 year}}", "Age: at least 1 year"),
        ("{age: {at_most: 18 months}}", "Age: at most 18 months"),
        ("{age: {at_most: 24 months}}", "Age: at most 2 years"),
        ("{age: {between: [6 weeks, 1 year]}}", "Age: 6 to 52 weeks"),
        ("{age: {more_than: 90 days}}", "Age: over 90 days"),
        ("{age: 0.3}", "Age: 0.3 years"),
        ("{fair: yes}", "Fair: yes"),
        ("{leader: [nobody, non_seller]}", "Leader: nobody or non seller"),
        ("{leader: {none_of: [nobody, seller]}}", "Leader: not nobody or seller"),
        ("{leader: {known: no}}", "Leader: not known"),
        ("{trade: roofing}", "Trade: “roofing”"),
        ("{trade: {mentions: [crm, sales team]}}", "Trade: mentions “crm” or “sales team”"),
        ("{trade: {matches: '\\broofers?\\b|slater'}}", "Trade: words such as “roofer”, “slater”"),
        ("{staff: 3, fair: no}", "Staff: 3, and Fair: no"),
        ("{any: [{leader: nobody}, {leader: {known: no}}]}", "Leader: nobody, or not known"),
        ("{any: [{trade: {matches: roof}}, {trade: {matches: slate}}]}", "Trade: words such as “roof”, “slate”"),
        ("{all: [{trade: {matches: roof}}, {trade: {matches: slate}}]}",
         "Trade: words such as “roof”, and words such as “slate”"),
        ("{all: [{fair: {known: yes}}, {fair: yes}]}", "Fair: yes"),
        ("{any: [{fair: {known: yes}}, {fair: yes}]}", "Fair: known, or yes"),
        ("{all: [{staff: 3}, {any: [{fair: no}, {goal: {at_most: 80%}}]}]}",
         "Staff: 3, and (Fair: no, or Goal: at most 80%)"),
        ("{any: [{staff: 3}, {all: [{fair: no}, {goal: {at_most: 80%}}]}]}",
         "Staff: 3, or (Fair: no, and Goal: at most 80%)"),
        ("{all: [{staff: 3}, {any: [{fair: no}]}]}", "Staff: 3, and Fair: no"),
        ("{not: {staff: 3}}", "Staff: not 3"),
        ("{not: {staff: 3, fair: yes}}", "not (Staff: 3, and Fair: yes)"),
        ("{not: {not: {staff: 3}}}", "not (Staff: not 3)"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_plain_words(when: str, words: str) -> None:
    card = "scorecards: {fit: {criteria: {one: {required: yes, when: %s, points: 1}}, bands: {A: {at_least: 0}}}}"
    pack = parse_pack(FIELDS + card % when)
    assert condition_words(pack.criteria[0].levels[0].when, pack.fields, {}) == words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("no (sales )?manager|owner runs", "words such as “no manager”, “owner runs”"),
        ("a(?:b|c)d|[|]e|f\\\\|g", "words such as “abd”, “f|g” or what fits /[|]e/"),
        ("(?:gang|(team|crew))|men", "words such as “gang”, “team”, “crew”, “men”"),
        ("(a|b)(c|d)", "words such as “ac”"),
        ("[0-9]{3}", "what fits /[0-9]{3}/"),
        ("team of \\\\d+|crew", "words such as “crew” or what fits /team of \\d+/"),
        ("part[- ]time|organi[sz]ation|advis[a-z]*", "words such as “part time”, “organisation”, “advis”"),
        ("there.s", "what fits /there.s/"),
        ("[^a]b", "what fits /[^a]b/"),
    ],
)
def test_a_pattern_is_shown_by_each_branch_and_by_nothing_made_up(pattern: str, words: str) -> None:
    card = 'scorecards: {fit: {criteria: {one: {required: yes, when: {trade: {matches: "%s"}}, points: 1}}, '
    pack = parse_pack(FIELDS + card % pattern + "bands: {A: {at_least: 0}}}}")
    assert condition_words(pack.criteria[0].levels[0].when, pack.fields, {}) == f"Trade: {words}"


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("{at_least: $1M}", "at least $1M"),
        ("{at_least: $250k, less_than: 1.5 million}", "at least $250k, and under 1.5 million"),
        ("{between: [$1M, $5M]}", "$1M to $5M"),
        ("[$1-5M, €10m+]", "$1-5M or €10m+"),
        ("{not: {turnover: {more_than: 2000000}}}", "not over 2000000"),
    ],
)
def test_money_is_shown_as_it_was_written(test: str, words: str, tmp_path: Path) -> None:
    when = test if test.startswith("{not") else f"{{turnover: {test}}}"
    text = f"""
pack: {{name: rich}}
fields: {{turnover: {{type: money}}}}
scorecards: {{fit: {{criteria: {{one: {{required: yes, when: {when}, points: 1}}}}, bands: {{A: {{at_least: 0}}}}}}}}
"""
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    ((card,), *_) = (show(read_pack(tmp_path / "pack.yaml")).cards,)
    assert [demand.text for demand in card.criteria[0].demands] == [f"Turnover: {words}"]


# -- the document --------------------------------------------------------------------------------------------------


def test_a_criterion_tells_points_demands_note_advice_and_source(tiny: ShownPack) -> None:
    criteria = below([*document(tiny)], "Fit [book]")
    assert criteria == {
        "Small: +25 / -5, required [S2]": (
            "Any of these:",
            "few – Staff: 1 to 6",
            "hardly any sell – Sellers: under 3",
            "Note: Headcount alone proves nothing.",
            "For the consultant when few: Call.",
            "For the prospect when unknown: Count. [S3]",
        ),
        "Goals: +10 / 0 / 0": ("+10 far off – Goal: at most 80%, and Fair: yes", "0 Goal: at most 100%"),
    }


def test_bands_run_from_the_highest_down_and_leave_no_gap(tiny: ShownPack) -> None:
    assert below([*document(tiny)], "Bands") == {
        "A: 80 and more": ("For the consultant: Visit. [S9]",),
        "B, Good: 40.5 to below 80 [S2]": (),
        "C: below 40.5": (),
    }
    assert "  While less than 12.5% of the evidence is known, the band is unknown." in lines([*document(tiny)], 100)


def test_questions_stand_in_the_order_of_the_pack_and_only_where_they_count(tiny: ShownPack) -> None:
    questions = below([*document(tiny)], "Questions, in the order of a conversation")
    assert list(questions) == ["How many are you?", "Sellers?", "Goal?", "Was it fair?"]
    assert questions["How many are you?"] == ("Staff. Such as 3 · 1-6 · 10+ · about 5.", "Counts for Small.")
    assert questions["Was it fair?"][0] == "Fair. Yes or no. Left empty it counts as yes."


def test_what_is_assumed_and_inferred_is_told(tiny: ShownPack) -> None:
    blocks = [*document(tiny)]
    assert below(blocks, "Assumed where nothing is known") == {"Fair: yes": ()}
    assert list(below(blocks, "Inferred where a list does not say")) == [
        "Staff: from Notes (1 pattern), from the job titles of the contact list",
        "Sellers: at most Staff",
    ]


def test_a_pack_without_inference_or_assumptions_says_nothing_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = """
pack: {name: bare}
fields: {staff: {type: number}}
scorecards: {fit: {criteria: {one: {required: yes, when: {staff: 3}, points: 1}}, bands: {A: {at_least: 0}}}}
"""
    titles = [block.text for block in document(shown(text)) if isinstance(block, Heading)]
    assert titles == ["bare", "Fit", "Bands", "Questions, in the order of a conversation"]


def psm() -> list[Block]:
    return [*document(show(read_pack("psm")))]


def test_the_shipped_pack_is_shown_whole() -> None:
    source = read_pack("psm")
    items = [item for block in psm() if isinstance(block, Items) for item in block.items]
    titles = [item.text for item in items]
    for criterion in source.pack.criteria:
        assert any(title.startswith(f"{criterion.title}: ") for title in titles), criterion.id
    for field in source.pack.used_fields:
        assert source.pack.fields[field].question in titles, field
    for card in source.pack.scorecards.values():
        for band in card.bands:
            assert any(title.startswith((f"{band.id}, {band.title}: ",)) for title in titles), band.id
    advice = {detail for item in items for detail in item.details if detail.startswith("For the ")}
    said = [each.say for criterion in source.pack.criteria for each in criterion.advice]
    assert all(any(text in detail for detail in advice) for text in said)


def test_no_sign_of_the_rule_language_is_left_in_the_document() -> None:
    texts = [text for block in psm() if isinstance(block, Items) for item in block.items for text in words(item)]
    assert not [text for text in texts if "_" in text or "\\b" in text or "{" in text]


def words(item: Item) -> list[str]:
    return [item.text, *item.details]


@pytest.mark.parametrize("width", [60, 80, 160])
def test_every_line_fits_the_width(width: int) -> None:
    assert max(map(len, lines(psm(), width))) <= width


# -- the command ---------------------------------------------------------------------------------------------------


def command(*arguments: str) -> Result:
    return CliRunner().invoke(application(), ["rules", "show", *arguments])


def test_layers_are_shown_as_one_pack_in_markdown(tmp_path: Path) -> None:
    layer, out = tmp_path / "ours.yaml", tmp_path / "ours.md"
    layer.write_text(
        "fields: {region: {type: choice, label: Region, choices: {ours: [OH]}}}\n"
        "scorecards: {fit: {criteria: {near: {title: In *our* region, when: {region: ours}, points: 10}}}}\n",
        encoding="utf-8",
    )
    done = command("psm", str(layer), "-o", str(out))
    assert (done.exit_code, done.stdout) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# PSM ideal client\n")
    assert "- In \\*our\\* region: +10 / 0\n  - Region: ours\n" in text
    assert "- Small sales force: +25 / 0, required \\[S2\\]\n  - Salespeople: 1 to 6\n" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["psm", "--format", "pdf"], "--format pdf: there is no such format; known here: table, markdown"),
        (["psm", "-o", "rules.doc"], "the ending .doc names no format; use one of .txt, .md"),
        (["nowhere.yaml"], "nowhere.yaml: there is no such rule file or folder"),
    ],
)
def test_wrong_usage_is_refused_and_says_what_to_do(arguments: list[str], said: str) -> None:
    done = command(*arguments)
    assert isinstance(done.exception, UsageError)  # the shell prints its text and exits with 2
    assert said in str(done.exception)
    assert done.stdout == ""


def test_the_target_of_a_renderer_is_a_file(tiny: ShownPack, tmp_path: Path) -> None:
    from psm_qualify.render.showing import render_table

    render_table(tiny, Target(tmp_path / "out.txt", width=80))
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("Tiny\n  tiny 0; by the rules of pack.yaml\n")
