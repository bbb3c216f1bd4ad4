"""The call sheet: as a document, a flat file, and JSON."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from psm_qualify.advise.questions import ListQuestion, reach_of
from psm_qualify.calling import CallSheet
from psm_qualify.facts.text import formula_safe
from psm_qualify.render import markdown, plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Item, Items, Paragraph
from psm_qualify.render.json import question_dict, ranks_of, summary_dict, who_dict, write
from psm_qualify.render.words import VERDICT_WORDS, called, effect, figure, stake, standing
from psm_qualify.results import Prospect, Question
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Pack

_COLUMNS = (
    "rank", "file", "row", "line", "id", "name", "verdict", "score", "potential", "band", "number", "field", "question",
    "reaches", "effect", "swing", "assumed", "answer",
)  # fmt: skip
_Words = Callable[[Question, Pack, Verdict], str]


def render_table(sheet: CallSheet, target: Target) -> None:
    """Writes it for the terminal."""
    plain.write(_document(sheet, effect), target)


def render_markdown(sheet: CallSheet, target: Target) -> None:
    """Writes it as Markdown, with boxes to tick."""
    markdown.write(_document(sheet, stake), target)


def render_csv(sheet: CallSheet, target: Target) -> None:
    """Writes a line for each question of each prospect, with an empty column for the answer."""
    with target.open() as out:
        writer = csv.writer(out)
        writer.writerow(_COLUMNS)
        for one, number, question in _pairs(sheet):
            card, pack = one.primary, sheet.summary.pack
            texts = [one.id, one.name, one.verdict, figure(card.score), figure(card.high), card.band, str(number)]
            texts += [question.field, question.ask, reach_of(question), effect(question, pack, one.verdict)]
            texts += [figure(question.swing), "yes" if question.assumed else "no", ""]
            writer.writerow(
                [one.rank, formula_safe(one.file), one.row, one.line, *(formula_safe(text or "") for text in texts)]
            )


def render_json(sheet: CallSheet, target: Target) -> None:
    """Writes it as JSON: prospects with their questions, and the questions with those to ask."""
    write(
        {
            **summary_dict(sheet.summary),
            "prospects": [
                {**who_dict(one), "questions": [question_dict(ask) for ask in one.questions]} for one in sheet.calls
            ],
            "questions": [
                {"field": one.field, "ask": one.ask, "reaches": one.reaches, "assumed": one.assumed,
                 "prospects": [{**who_dict(prospect), "swing": float(question.swing), "ranks": ranks_of(question)}
                               for prospect, question in one.asked]}
                for one in sheet.questions
            ],
        },
        target,
    )  # fmt: skip


def _pairs(sheet: CallSheet) -> Iterator[tuple[Prospect, int, Question]]:
    """Each question of each prospect, with its number there, grouped as it was asked for."""
    if sheet.by == "question":
        for asked in sheet.questions:
            yield from ((one, one.questions.index(question) + 1, question) for one, question in asked.asked)
        return
    for one in sheet.calls:
        yield from ((one, number, question) for number, question in enumerate(one.questions, 1))


def _document(sheet: CallSheet, words: _Words) -> Iterator[Block]:
    summary = sheet.summary
    yield Heading(f"Call sheet: {summary.pack.title}", 1)
    count = f"{len(sheet.calls)} of {summary.input.scored} prospects in {', '.join(summary.input.files)}"
    what = "whom to ask each question" if sheet.by == "question" else "with what the answer to each question can change"
    yield Paragraph(f"{count}, {what}.", faint=True)
    if not sheet.calls:
        yield Paragraph("There is nothing to ask: no answer could change a result.")
    elif sheet.by == "question":
        yield from (block for asked in sheet.questions for block in _question(asked, summary.pack, words))
    else:
        yield from (block for one in sheet.calls for block in _call(one, summary.pack, words))


def _call(one: Prospect, pack: Pack, words: _Words) -> Iterator[Block]:
    yield Heading(f"{called(one)} (rank {one.rank}): {_standing(one)}")
    yield Items(tuple(Item(ask.ask, (words(ask, pack, one.verdict),), box=True) for ask in one.questions))


def _question(asked: ListQuestion, pack: Pack, words: _Words) -> Iterator[Block]:
    yield Heading(asked.ask)
    yield Items(
        tuple(
            Item(f"{called(one)} (rank {one.rank}, {_verdict(one)})", (words(question, pack, one.verdict),), box=True)
            for one, question in asked.asked
        )
    )


def _standing(one: Prospect) -> str:
    return f"{_verdict(one)}; {standing(one.primary)}"


def _verdict(one: Prospect) -> str:
    return VERDICT_WORDS[one.verdict].lower() + (", provisional" if one.provisional else "")
