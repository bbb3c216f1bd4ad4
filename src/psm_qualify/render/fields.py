"""How a list is read: a table for people, and JSON."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from psm_qualify.facts.text import printable, shortened
from psm_qualify.render.base import Target
from psm_qualify.render.json import Json, not_understood_dict
from psm_qualify.render.lines import Page, console_on, fit, wrap
from psm_qualify.results import NotUnderstood
from psm_qualify.sources.map_files import map_text
from psm_qualify.surveys import FedField, Sample, Survey, SurveyedFile, UnclaimedColumn

_MOST_ODD = 4  # texts of a field
_MOST_MISSING = 12
_MOST_UNCLAIMED = 40
_MOST_HEADERS = 3


def render_table(survey: Survey, target: Target) -> None:
    """Writes the report."""
    with target.open() as out:
        _Report(console_on(out, target.width), survey).print()


class _Report(Page):
    """Lays the parts out for one width."""

    def __init__(self, console: Console, survey: Survey) -> None:
        super().__init__(console)
        self.survey = survey
        headers, labels = [], []
        for file in survey.files:
            headers += [_header(fed) for fed in file.fields] + [_header(column) for column in file.unclaimed]
            labels += [fed.label for fed in file.fields] + [_meaning(column) for column in file.unclaimed]
        # On a narrow page a column's samples stand below it, so that header, field and count have room.
        self.header_width = _within(headers, 12, 32 if self.wide else self.width - 46)
        self.label_width = _within(labels, 8, 28)
        self.count_width = max(len(f"{file.rows:,}") for file in survey.files) + 5

    def print(self) -> None:
        """Prints heading, the columns of each file, what could be read, what is missing."""
        pack = self.survey.pack
        self._line(Text(f"{pack.title} {pack.version}", style="bold"))
        self._wrapped(f"Columns and fields, by the rules of {' + '.join(pack.origin)}", style="dim")
        for file in self.survey.files:
            self._file(file)
        self._suggested()
        self._missing()

    # -- one file ----------------------------------------------------------------------------------------------

    def _file(self, file: SurveyedFile) -> None:
        self._line()
        self._wrapped(f"{file.name}: {_how_read(file)}", style="bold")
        if file.fields:
            head = ("Column", "is read as", "filled", "Samples, and how they are read" if self.wide else "")
            self._row(*head, style="dim")
        else:
            self._wrapped("No column is recognised.", indent=2, style="yellow")
        for fed in file.fields:
            self._fed(fed, file)
        if file.unclaimed:
            self._title(f"Columns that feed no field ({len(file.unclaimed)})")
        for column in file.unclaimed[:_MOST_UNCLAIMED]:
            self._unclaimed(column, file)
        self._more(len(file.unclaimed) - _MOST_UNCLAIMED, "columns; --json lists them all")
        if file.notes:
            self._title("Notes")
        for note in file.notes:
            self._wrapped(note, indent=2)

    def _fed(self, fed: FedField, file: SurveyedFile) -> None:
        samples = " · ".join(_sample(one, fed) for one in fed.samples)
        self._row(_header(fed), fed.label, _share(fed.filled, file.rows), samples)
        for one in fed.not_understood[:_MOST_ODD]:
            self._wrapped(f"not understood: {_odd(one)}", indent=6, style="yellow")
        if (left := len(fed.not_understood) - _MOST_ODD) > 0:
            self._wrapped(f"… and {left} more texts not understood; --json lists them all", indent=6, style="yellow")

    def _unclaimed(self, column: UnclaimedColumn, file: SurveyedFile) -> None:
        samples = " · ".join(map(_quoted, column.samples))
        self._row(_header(column), _meaning(column), _share(column.filled, file.rows), samples)

    def _row(self, header: str, label: str, filled: str, samples: str, style: str = "") -> None:
        """One column of the list: on a line if the page is wide, else its samples below."""
        line = Text("  ").append(fit(header, self.header_width), style=style or "bold").append("  ")
        line.append(fit(label, self.label_width), style=style).append("  ")
        line.append(f"{filled:>{self.count_width}}", style=style)
        if self.wide:
            indent = line.cell_len + 2
            first, *more = wrap(samples, self.width - indent - 2) or [""]
            self._line(line.append("  ").append(first, style="dim"))
            for text in more:
                self._line(Text(" " * indent + text, style="dim"))
        else:
            self._line(line)
            self._wrapped(samples, indent=6, style="dim")

    # -- all files ---------------------------------------------------------------------------------------------

    def _suggested(self) -> None:
        options = map_options(self.survey.suggested)
        if not options:
            return
        self._title("To read them so, if that is what they mean, add")
        for option in options:
            self._copied(option)
        self._wrapped(
            "or add these lines to a file for --map-file (--save-map FILE writes what is in use):", style="dim"
        )
        for line in map_text(_plain(self.survey.suggested)).split("\n")[1:-1]:
            self._copied(line)

    def _copied(self, text: str) -> None:
        """A line that people copy: broken only where it does not fit at all."""
        if cell_len(text) + 2 <= self.width:
            self._line(Text(f"  {text}"))
        else:
            self._wrapped(text, indent=2)

    def _missing(self) -> None:
        missing = self.survey.missing
        if not missing:
            return
        self._title(f"Fields that count and have no column ({len(missing)}), and headers that would do")
        for one in missing[:_MOST_MISSING]:
            maybe = self.survey.suggested.get(one.field)
            headers = [header for header in one.headers if header != one.label] or [one.label]
            parts = [", ".join(headers[:_MOST_HEADERS])]
            parts += [f"perhaps {_quoted(maybe)} (see above)"] if maybe is not None else []
            parts += [f"may be inferred from {' or '.join(one.inferred_from)}"] if one.inferred_from else []
            self._wrapped(f"{one.label}: {'; '.join(parts)}", indent=2)
        self._more(len(missing) - _MOST_MISSING, "fields; --json lists them all")


def map_options(mapping: Mapping[str, str]) -> list[str]:
    """The options that apply a mapping, quoted for a shell; a header that can't be printed is left out."""
    return [f"--map {shlex.quote(f'{field}={header}')}" for field, header in _plain(mapping).items()]


def _plain(mapping: Mapping[str, str]) -> dict[str, str]:
    return {field: header for field, header in mapping.items() if printable(header) == header}


def _within(texts: Sequence[str], least: int, most: int) -> int:
    """The width of a column that holds the texts, if it is neither too narrow nor too wide."""
    return max(least, min(most, max(map(cell_len, texts), default=0)))


def _meaning(column: UnclaimedColumn) -> str:
    return "" if column.suggestion is None else f"{column.suggestion.label}?"


def _how_read(file: SurveyedFile) -> str:
    """How a file was read, in words."""
    origin = file.origin
    parts = [origin.format, origin.encoding, origin.part]
    parts.append(f"headers in line {origin.header_line}" if origin.header_line > 1 else None)
    parts.append(f"{file.rows:,} row{'' if file.rows == 1 else 's'}")
    parts.append(f"{file.rejected:,} rejected" if file.rejected else None)
    return ", ".join(part for part in parts if part)


def _header(column: FedField | UnclaimedColumn) -> str:
    if column.column.strip():
        return " ".join(printable(column.column).split())
    return f"(column {column.position})" if isinstance(column, UnclaimedColumn) else "(no header)"


def _share(filled: int, rows: int) -> str:
    """How many rows say something; the share only where that is not plain."""
    if filled in (0, rows):
        return "all" if filled else "none"
    share = min(99, round(100 * filled / rows))
    return f"{filled:,} {f'{share}%' if share else '<1%':>4}"


def _sample(one: Sample, fed: FedField) -> str:
    times = f" ({one.count:,}×)" if one.count > 1 else ""
    same = fed.type == "text" or one.read == one.text
    return f"{_quoted(one.text)}{'' if same else f' → {one.read}'}{times}"


def _quoted(text: str) -> str:
    return shortened(" ".join(printable(text).split()), 40)


def _odd(one: NotUnderstood) -> str:
    lines = ", ".join(str(place.line) for place in one.places) + (", …" if one.count > len(one.places) else "")
    rows = f"{one.count:,} rows, " if one.count > 1 else ""
    hint = f": {one.hint}" if one.hint else ""
    return f"“{shortened(one.value)}” ({rows}line {lines}){hint}"


# -- JSON --------------------------------------------------------------------------------------------------------


def render_json(survey: Survey, target: Target) -> None:
    """Writes one document."""
    with target.open() as out:
        out.write(json.dumps(survey_dict(survey), ensure_ascii=False, indent=1) + "\n")


def survey_dict(survey: Survey) -> dict[str, Json]:
    """A survey as JSON. Keys are only ever added."""
    pack = survey.pack
    return {
        "schema": 1,
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest, "title": pack.title,
                 "rules": list(pack.origin)},
        "files": [_file_dict(file) for file in survey.files],
        "missing": [{"field": one.field, "label": one.label, "headers": list(one.headers),
                     "inferred_from": list(one.inferred_from)} for one in survey.missing],
        "mapping": dict(survey.mapping),
        "suggested": dict(survey.suggested),
    }  # fmt: skip


def _file_dict(file: SurveyedFile) -> dict[str, Json]:
    origin = file.origin
    return {
        "file": file.name, "format": origin.format, "encoding": origin.encoding, "part": origin.part,
        "header_line": origin.header_line, "rows": file.rows, "rejected": file.rejected,
        "fields": [_fed_dict(one) for one in file.fields],
        "unclaimed": [_unclaimed_dict(one) for one in file.unclaimed],
        "notes": list(file.notes),
    }  # fmt: skip


def _fed_dict(one: FedField) -> dict[str, Json]:
    return {
        "field": one.field, "label": one.label, "type": one.type, "column": one.column, "filled": one.filled,
        "understood": one.understood,
        "samples": [{"text": each.text, "read": each.read, "count": each.count} for each in one.samples],
        "not_understood": [not_understood_dict(each) for each in one.not_understood],
    }  # fmt: skip


def _unclaimed_dict(one: UnclaimedColumn) -> dict[str, Json]:
    near = one.suggestion
    return {
        "column": one.column, "position": one.position, "filled": one.filled, "samples": list(one.samples),
        "suggestion": None if near is None else {"field": near.field, "label": near.label, "score": near.score,
                                                 "like": near.like},
    }  # fmt: skip
