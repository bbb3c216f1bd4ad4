"""The table that people look at: who fits, how surely, why, and what to ask next.

Narrow terminals get two lines a prospect, wide ones one line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from psm_qualify.advise.questions import ListQuestion, across
from psm_qualify.facts.text import printable, shortened
from psm_qualify.render.base import Target
from psm_qualify.render.lines import Page, at_most, console_on, fit, wrap
from psm_qualify.results import Conflict, CriterionResult, Duplicate, Prospect, Summary
from psm_qualify.scoring import Ranking

_HEADINGS = {"qualified": "Qualified", "needs_info": "Needs info", "disqualified": "Disqualified"}
_COLOURS = {"qualified": "green", "needs_info": "yellow", "disqualified": "red"}
# Which outcomes tell why: what is met makes a prospect qualified, what is not met disqualifies it, what is unknown is
# why nothing can be said yet.
_TELLING: Mapping[str, tuple[bool | None, ...]] = {
    "qualified": (True,),
    "needs_info": (None,),
    "disqualified": (False,),
}
_MOST_REASONS = {"qualified": 2, "needs_info": 1, "disqualified": 2}
_MEDIUM = 72  # columns: no bars below this
_MOST_ODD = 6
_MOST_REJECTED = 5
_MOST_UNUSED = 12
_MOST_ASKED = 3
_MOST_NAMES = 5
_LOOKED_AT = 50  # prospects whose questions are put together, those with an open verdict first
_REACHES = {"verdict": "can settle the verdict of", "band": "can change the band of", "score": "moves"}


def render(ranking: Ranking, target: Target) -> None:
    """Writes the report."""
    prospects = list(ranking)
    asked = across(ranking.calls(_LOOKED_AT), ranking.summary.pack)
    with target.open() as out:
        report = _Report(console_on(out, target.width), ranking.summary, prospects, asked)
        report.print()


class _Report(Page):
    """Lays the parts out for one width."""

    def __init__(
        self, console: Console, summary: Summary, prospects: Sequence[Prospect], asked: Sequence[ListQuestion]
    ) -> None:
        super().__init__(console)
        self.asked = asked
        self.summary = summary
        self.prospects = prospects
        self.second = next(iter(summary.pack.rank_by[1:]), None)
        self.bar_width = 20 if self.wide else 14 if self.width >= _MEDIUM else 0
        room = 36 if self.wide else min(26, self.width - 39 - self.bar_width)
        self.name_width = max(6, min(room, max([8, *(cell_len(_name(one)) for one in prospects)])))

    def print(self) -> None:
        """Prints heading, prospects, counts, what was not understood, questions."""
        self._heading()
        if self.summary.unfed:
            self._unfed()
        if self.prospects:
            self._columns()
        for verdict, group in groupby(self.prospects, key=lambda one: one.verdict):
            total = self.summary.verdicts[verdict]
            self._line(
                Text(
                    f"{_HEADINGS[verdict]} ({total} of {self.summary.input.scored})", style=f"bold {_COLOURS[verdict]}"
                )
            )
            for prospect in group:
                self._prospect(prospect)
        self._counts()
        self._troubles()
        self._questions()

    # -- the list ----------------------------------------------------------------------------------------------

    def _heading(self) -> None:
        pack, read = self.summary.pack, self.summary.input
        self._line(Text(f"{pack.title} {pack.version}", style="bold"))
        files = ", ".join(read.files)
        self._wrapped(f"{files}, by the rules of {' + '.join(pack.origin)}", style="dim")
        self._line()

    def _unfed(self) -> None:
        self._wrapped(
            "No column of this list feeds the scorecard: every prospect needs info. What to ask stands "
            "below; `--map field=column` names a column that was not recognised.",
            style="bold yellow",
        )
        self._line()

    def _columns(self) -> None:
        card = self.summary.pack.scorecards[self.second].title if self.second else ""
        title = "Relationship" if self.second == "relationship" else card
        head = f"{'#':>4}  {'Prospect':<{self.name_width}}  {'Tier':<7}  {'Score':<{self.bar_width + 9}}  {title:<12}"
        self._line(Text(head + ("  Why" if self.wide else ""), style="dim"))

    def _prospect(self, one: Prospect) -> None:
        card = one.primary
        colour = _COLOURS[one.verdict]
        line = Text(f"{one.rank:>4}  ", style="dim")
        line.append(fit(_name(one), self.name_width), style="bold not dim").append("  ")
        line.append(fit(card.band, 7), style="not dim").append("  ")
        line.append_text(_bar(card.score, card.high, self.bar_width, colour))
        score, high = _whole(card.score), _whole(card.high)
        figures = score if card.score == card.high else f"{score} → {high}"
        line.append(f" {figures:>8}", style="not dim")
        if self.second:
            line.append("  ").append(fit(one.scorecards[self.second].band, 12), style="not dim")
        why = printable(self._why(one))
        if self.wide:
            line.append("  ")
            indent = line.cell_len
            room = max(self.width - indent - 2, 20)
            first, *rest = wrap(why, room) or [""]
            self._line(line.append(first, style="not dim"))
            for more in at_most(rest, 1):
                self._line(Text(" " * indent + more))
        else:
            self._line(line)
            for more in at_most(wrap(why, self.width - 8), 2):
                self._line(Text("      " + more, style="dim"))

    def _why(self, one: Prospect) -> str:
        """The ways in by name and the reasons that count most; for an open verdict, what to ask."""
        ways, reasons = [", ".join(one.ways)], self._reasons(one)
        parts = [*reasons, *ways] if one.verdict == "disqualified" else [*ways, *reasons]
        if one.provisional:
            assumed = [fact.field for fact in one.facts.values() if fact.how == "assumed"]
            labels = ", ".join(self.summary.pack.fields[field].label for field in assumed)
            parts.append(f"provisional, assumes: {labels}")
        parts += [self._clash(clash) for clash in one.conflicts]
        if one.duplicates:
            parts.append(f"also in {', '.join(self._twin(one, twin) for twin in one.duplicates[:2])}")
        if one.verdict == "needs_info" and one.questions:
            parts.append(f"ask: {one.questions[0].ask}")
        return " · ".join(part for part in parts if part)

    def _clash(self, clash: Conflict) -> str:
        """Which of two sources counts."""
        label = self.summary.pack.fields[clash.field].label
        return f"{label}: {clash.counts.read} counts, {clash.other.column} says {clash.other.read}"

    def _twin(self, one: Prospect, twin: Duplicate) -> str:
        """Where else the firm seems to stand."""
        file = "" if twin.place.file == one.file else f"{twin.place.file} "
        return f"{file}line {twin.place.line} (same {twin.by})"

    def _reasons(self, one: Prospect) -> list[str]:
        """The reasons of the primary scorecard that count most, without those that the ways in tell already."""
        primary = self.summary.pack.primary.id
        told = [
            result
            for result in one.criteria
            if result.criterion.scorecard == primary and result.verdict in _TELLING[one.verdict]
            if not (result.ways and set(result.ways) <= set(one.ways))
        ]
        # What is required comes first, then what can move the score most.
        told.sort(key=lambda result: (not result.criterion.required, -_weight(result)))
        reasons = dict.fromkeys(result.reason for result in told if result.reason not in one.ways)
        return list(reasons)[: _MOST_REASONS[one.verdict]]

    # -- below the list ----------------------------------------------------------------------------------------

    def _counts(self) -> None:
        read, verdicts = self.summary.input, self.summary.verdicts
        self._line()
        more = read.scored - len(self.prospects)
        if more and self.prospects:
            shown = f"{len(self.prospects)} of {read.scored} are shown"
            self._wrapped(f"{shown}; --top N, --verdict, --band and -o FILE give others.", style="dim")
        elif not self.prospects:
            self._line(Text("No prospect is left to show." if read.scored else "The list holds no prospect."))
        line = Text(f"{read.scored} scored: ")
        for index, (verdict, heading) in enumerate(_HEADINGS.items()):
            line.append(", " if index else "").append(
                f"{verdicts[verdict]} {heading.lower()}",  # type: ignore[index]
                style=_COLOURS[verdict],
            )
        if read.rejected:
            line.append(f", {read.rows - read.scored} rejected", style="red")
        self.console.print(line)

    def _troubles(self) -> None:
        read = self.summary.input
        if read.not_understood:
            self._title("Not understood")
            for one in read.not_understood[:_MOST_ODD]:
                more = ", …" if one.count > len(one.places) else ""
                lines = ", ".join(str(place.line) for place in one.places) + more
                hint = f": {one.hint}" if one.hint else ""
                label = self.summary.pack.fields[one.field].label
                file = f"{one.places[0].file} " if len(read.files) > 1 and one.places else ""
                where = f"{file}line {lines}" if one.places else f"{one.count:,}×"
                self._wrapped(f"{label} “{shortened(one.value)}” ({where}){hint}", indent=2)
            self._more(len(read.not_understood) - _MOST_ODD, "values; --json lists them all")
        if read.rejected:
            self._title("Rejected rows")
            for row in read.rejected[:_MOST_REJECTED]:
                where = f"line {row.line}" if row.line else f"“{shortened(row.text)}”"
                self._wrapped(f"{row.file} {where}: {row.reason}", indent=2)
            self._more(read.rows - read.scored - _MOST_REJECTED, "rows; --json lists them all")
        if read.unused_columns:
            self._title("Columns not used")
            names = [shortened(header, 40) for header in read.unused_columns[:_MOST_UNUSED]]
            left = len(read.unused_columns) - len(names)
            self._wrapped(", ".join(names) + (f" and {left} more" if left else ""), indent=2, style="dim")
        if read.notes:
            self._title("Notes")
            for note in read.notes:
                self._wrapped(note, indent=2)

    def _questions(self) -> None:
        chosen = self.asked[:_MOST_ASKED]
        if not chosen:
            return
        self._title("Ask next")
        for one in chosen:
            names = [_name(prospect) for prospect in one.most]
            more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
            self._wrapped(one.ask, indent=2)
            self._wrapped(f"{_REACHES[one.reaches]} {', '.join(names[:_MOST_NAMES])}{more}", indent=6, style="dim")


def _whole(score: Decimal) -> str:
    """A score without its decimal, rounded half up."""
    return str(score.quantize(Decimal(1), ROUND_HALF_UP))


def _weight(result: CriterionResult) -> int:
    """The points that a criterion can move."""
    return result.criterion.ceiling - result.criterion.floor


def _name(one: Prospect) -> str:
    return shortened(printable(one.name or one.id or f"row {one.row}"))


def _bar(score: Decimal, potential: Decimal, width: int, colour: str) -> Text:
    """Proven part solid, potential beyond it light."""
    solid = round(score / 100 * width)
    light = max(round(potential / 100 * width) - solid, 0)
    bar = Text("█" * solid, style=f"not dim {colour}")
    bar.append("░" * light, style=colour)
    return bar.append(" " * (width - solid - light))
