"""Documents laid out: Markdown that says what it says whatever is in it, and pages for any width."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from psm_qualify.facts.text import printable
from psm_qualify.render import markdown, plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Item, Items, Paragraph, Table

thorough = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def as_markdown(*blocks: Block) -> str:
    with tempfile.TemporaryDirectory() as folder:
        markdown.write(blocks, Target(Path(folder, "out.md")))
        return Path(folder, "out.md").read_text(encoding="utf-8")


def as_lines(width: int, *blocks: Block) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        plain.write(blocks, Target(Path(folder, "out.txt"), width=width))
        return Path(folder, "out.txt").read_text(encoding="utf-8").splitlines()


def parsed(text: str) -> list[tuple[str, str]]:
    """What a reader of Markdown makes of it: each text, and the elements in which it stands."""
    inside: list[str] = []
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.nesting == 1:
            inside.append(token.tag)
        elif token.nesting == -1:
            inside.pop()
        elif token.type == "inline":
            found.append((" ".join(inside), said(token.children or [])))
        else:
            found.append((token.type, token.content))
    return found


def said(parts: Iterable[Token]) -> str:
    """The text of an element; whatever else is in it shows."""
    return "".join(part.content if part.type == "text" else f"({part.type})" for part in parts)


def flat(text: str) -> str:
    """The text as one line."""
    return " ".join(printable(text).split())


SIGNS = [*"\\`*_[]<>|~#&;:!-+.)(='\"$^@{} \t\n19aZé漢"]
WORDS = ["---", "- - -", "***", "1. ", "12) ", "- ", "+ ", "> ", "# ", "```", "~~no~~", "**no**", "_no_", "&lt;"]
WORDS += ["&amp;", "&#60;", "&copy;", "<script>", "<!-- -->", "[a](b)", "![a](b)", "<http://a.b>", "[x] ", "[ ] ", "\\"]
WORDS += ["\\|", "| a | b |", "=====", "\x1b[31m", "\u202e", "\u2028", "\r\n", "[bold]", "http://a.b/_c_"]
texts = st.lists(st.sampled_from([*SIGNS, *WORDS]), min_size=1, max_size=8).map("".join).filter(flat)


# -- Markdown ------------------------------------------------------------------------------------------------------


@thorough
@given(text=texts)
@example("---")
@example("AT&amp;T")
@example("1.")
def test_a_text_comes_back_from_everywhere(text: str) -> None:
    said_ = flat(text)
    assert parsed(as_markdown(Heading(text, 2))) == [("h2", said_)]
    assert parsed(as_markdown(Paragraph(text))) == [("p", said_)]
    assert parsed(as_markdown(Items((Item(text, (text, text)), Item(text))))) == [
        ("ul li p", said_), ("ul li ul li p", said_), ("ul li ul li p", said_), ("ul li p", said_)
    ]  # fmt: skip
    assert parsed(as_markdown(Items((Item(text, (text,)),), numbered=True))) == [
        ("ol li p", said_), ("ol li ul li p", said_)
    ]  # fmt: skip
    assert parsed(as_markdown(Items((Item(text, (text,), box=True),)))) == [("ul li p", f"[ ] {said_} — {said_}")]


@thorough
@given(text=texts)
def test_what_is_strong_is_strong_as_a_whole(text: str) -> None:
    assert parsed(as_markdown(Paragraph(text, strong=True))) == [("p", f"(strong_open){flat(text)}(strong_close)")]


@thorough
@given(rows=st.lists(st.tuples(texts, st.one_of(texts, st.just("")), texts), min_size=1, max_size=3))
def test_a_table_keeps_its_cells(rows: list[tuple[str, str, str]]) -> None:
    found = parsed(as_markdown(Table(rows[0], tuple(rows), frozenset({1}))))
    assert found == [
        *(("table thead tr th", flat(cell)) for cell in rows[0]),
        *(("table tbody tr td", flat(cell)) for row in rows for cell in row),
    ]


def test_figures_stand_to_the_right() -> None:
    table = Table(("What", "Points"), (("a", "1"),), frozenset({1}))
    assert as_markdown(table) == "| What | Points |\n| --- | ---: |\n| a | 1 |\n"


def test_blocks_stand_apart() -> None:
    blocks = (Heading("One", 1), Paragraph("Two"), Items((Item("Three"), Item("Four"))), Heading("Five", 3))
    assert as_markdown(*blocks) == "# One\n\nTwo\n\n- Three\n- Four\n\n### Five\n"


def test_numbers_count_on_beyond_nine() -> None:
    items = Items(tuple(Item(f"item {number}", ("more",)) for number in range(1, 13)), numbered=True)
    assert [text for _, text in parsed(as_markdown(items))][::2] == [f"item {number}" for number in range(1, 13)]
    assert "12. item 12\n    - more\n" in as_markdown(items)


def test_plain_names_stay_readable() -> None:
    text = "Tanaka, Bell & Moss (Zürich): 5-10 reps, $2.5M + 3%!"
    assert as_markdown(Heading(text, 1)) == f"# {text}\n"


# -- pages ---------------------------------------------------------------------------------------------------------

WIDTHS = [40, 60, 79, 80, 120, 160]


@st.composite
def blocks_of_text(draw: st.DrawFn) -> list[Block]:
    """A document with a block of every kind."""
    rows = tuple(draw(st.lists(st.tuples(texts, texts, st.sampled_from(["0 of 25", "-1"]), texts), max_size=3)))
    one = draw(texts)
    return [
        Heading(one, 1), Heading(draw(texts), 3), Paragraph(draw(texts), strong=True), Paragraph(draw(texts)),
        Table(("", "What", "Points", "Why"), rows, frozenset({2})), Items((Item(draw(texts), (draw(texts),)),)),
        Items((Item(one, box=True),)), Items((Item(one), Item(one)), numbered=True),
    ]  # fmt: skip


@thorough
@given(blocks=blocks_of_text(), width=st.sampled_from(WIDTHS))
def test_no_line_is_longer_than_the_page_nor_says_more_than_text(blocks: list[Block], width: int) -> None:
    for line in as_lines(width, *blocks):
        assert cell_len(line) <= width
        assert line == printable(line) == line.rstrip()


@pytest.mark.parametrize("width", WIDTHS)
def test_running_text_is_broken_at_spaces_and_whole(width: int) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    for blocks in ([Paragraph(text)], [Heading(text)], [Items((Item(text),))], [Items((Item("x", (text,)),))]):
        words = " ".join(as_lines(width, *blocks)).split()
        assert [word for word in words if word.startswith("word")] == text.split()
        assert len(as_lines(width, *blocks)) <= 2 + len(text) // (width - 14)


@pytest.mark.parametrize("width", WIDTHS[1:])
def test_figures_are_never_cut(width: int) -> None:
    figures = ("0 of -24 to 24", "100.0", "99.9")
    rows = (("unknown", "A long criterion, which (of course) is required", *figures, "for a long reason " * 5),)
    headers = ("", "Criterion", "Points", "Score", "Could be", "Why")
    lines = as_lines(width, Table(headers, rows, frozenset({2, 3, 4})))
    assert all(figure in lines[1] for figure in figures)
    assert " ".join(lines[0].split()).startswith(("Criterion Points Score Could be", "… Points Score Could be"))
    assert " ".join(" ".join(lines).split()).count("for a long reason") == 5
    assert lines[1].index("100.0") == lines[0].index("Score")


def test_text_stands_beside_figures_where_there_is_room_else_below() -> None:
    table = Table(("What", "Points", "Why"), (("small", "25", "three of them"),), frozenset({1}))
    assert as_lines(80, table) == ["  What   Points  Why", "  small      25  three of them"]
    tall = Table(("What" * 6, "Points", "Why"), (("small", "25", "three of them"),), frozenset({1}))
    assert as_lines(60, tall) == [f"  {'What' * 6}  Points", f"  {'small':<24}      25", "      three of them"]


def test_wide_letters_keep_the_columns_aligned() -> None:
    rows = (("株式会社", "1", "a"), ("Ann", "2", "b"), ("漢" * 40, "3", "c"))
    lines = as_lines(120, Table(("Name", "N", "Why"), rows, frozenset({1})))
    assert len({cell_len(line[: line.rindex(sign)]) for line, sign in zip(lines[1:], "abc", strict=True)}) == 1


def test_titles_stand_after_a_blank_line_and_what_is_below_stands_in() -> None:
    blocks = (Heading("One", 1), Paragraph("Two"), Heading("Three"), Items((Item("Four", ("Five",)),)))
    assert as_lines(80, *blocks) == ["One", "  Two", "", "Three", "  - Four", "    Five"]


def test_marks_of_lists() -> None:
    assert as_lines(80, Items((Item("a"),))) == ["  - a"]
    assert as_lines(80, Items((Item("a", ("b",), box=True),))) == ["  [ ] a", "      b"]
    lines = as_lines(80, Items(tuple(Item("a", ("b",)) for _ in range(10)), numbered=True))
    assert lines[:2] == ["   1. a", "      b"]
    assert lines[-2:] == ["  10. a", "      b"]


@pytest.mark.parametrize(("narrow", "wide"), list(pairwise(WIDTHS)))
def test_a_wider_page_is_no_longer(narrow: int, wide: int) -> None:
    blocks = [Heading("A title"), Paragraph("some words " * 30), Items((Item("a point " * 20, ("more " * 40,)),))]
    assert len(as_lines(wide, *blocks)) <= len(as_lines(narrow, *blocks))
