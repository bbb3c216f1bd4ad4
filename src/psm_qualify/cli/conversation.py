"""An interview at the prompt, or with answers that are piped in."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping

from psm_qualify.facts.text import printable, squash
from psm_qualify.interviews import Interview, Refused
from psm_qualify.render.interview import (
    answered_elsewhere,
    asked,
    helped,
    introduced,
    no_more,
    nothing_to_undo,
    passed_over,
    refused,
    summed_up,
    understood,
)
from psm_qualify.render.lines import console_on
from psm_qualify.render.plain import Sheet
from psm_qualify.results import Question
from psm_qualify.rules.pack import Pack
from psm_qualify.sources.answers import Answered

PROMPT = "> "
SETTLED = "Nothing that is left can change the verdict or a band."
PASSED_OVER = "All that is left to ask was passed over."

Keep = Callable[[str, Answered | None, Answered | None], bool]
"""Keeps an answer to a field, or takes back the one that is undone (None for the answer, or the earlier one). False
where it can't be taken back, since somebody else has answered meanwhile."""

ALIASES: Mapping[str, str] = {"quit": "done", "exit": "done", "help": "?", "undo": "back", "skip": ""}
"""What people type for a command."""


def hold(interview: Interview, pack: Pack, scored: int, date: str | None, keep: Keep) -> None:
    """Asks until nothing that is left can change the verdict or a band, until `done`, or until the answers end."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a sign in another encoding is one that is not understood
    _Conversation(interview, pack, scored, date, keep).hold()


class _Conversation:
    def __init__(self, interview: Interview, pack: Pack, scored: int, date: str | None, keep: Keep) -> None:
        self.interview, self.pack, self.scored, self.date, self.keep = interview, pack, scored, date, keep
        self.sheet = Sheet(console_on(sys.stdout, None))

    def hold(self) -> None:
        self.sheet.print(introduced(self.interview.prospect, self.pack, self.scored))
        while self._goes_on():
            pass
        self.sheet.print(summed_up(self.interview.prospect, self.pack, self.scored))

    def _goes_on(self) -> bool:
        """Asks the next question; where there is none, whether the last answer is to be undone."""
        question = self.interview.question()
        if question is not None:
            self.sheet.print(asked(question, self.pack, self.interview.prospect))
            return self._answered(question)
        self.sheet.print(no_more(SETTLED if self.interview.settled() else PASSED_OVER, self.interview.can_undo))
        if not self.interview.can_undo or ALIASES.get(typed := (_read() or "").lower(), typed) != "back":
            return False
        self._back()
        return True

    def _answered(self, question: Question) -> bool:
        """Takes what is typed until the question is answered, passed over or undone; False to end."""
        commands: Mapping[str, Callable[[Question], None]] = {"?": self._help, "": self._skip, "back": self._back}
        while (typed := _read()) is not None:
            word = ALIASES.get(typed.lower(), typed.lower())
            if word == "done":
                return False
            if word in commands:
                commands[word](question)
                if word != "?":
                    return True
            elif self._take(*self._addressed(question, typed)):
                return True
        return False

    def _addressed(self, question: Question, typed: str) -> tuple[str, str]:
        """The field that an answer is to, and the answer: `sales_reps: 4` enters, or corrects, another fact."""
        name, colon, text = typed.partition(":")
        named = [
            field.id
            for field in self.pack.fields.values()
            if field.question and squash(name) in (squash(field.id), squash(field.label))
        ]
        return (named[0], text.strip()) if colon and named and text.strip() else (question.field, _unquoted(typed))

    def _take(self, field: str, text: str) -> bool:
        reply = self.interview.answer(field, text, self.date)
        if isinstance(reply, Refused):
            self.sheet.print(refused(reply))
            return False
        if reply is None:
            self.sheet.print(passed_over())
            return True
        self.keep(field, self.interview.answers[field], None)
        self.sheet.print(understood(reply, self.pack, self.scored))
        return True

    def _help(self, question: Question) -> None:
        self.sheet.print(helped(question, self.pack))

    def _skip(self, question: Question) -> None:
        self.interview.skip(question.field)

    def _back(self, _: Question | None = None) -> None:
        before = dict(self.interview.answers)
        field = self.interview.back()
        if field is None:
            self.sheet.print(nothing_to_undo())
            return
        now = self.interview.answers.get(field)
        if before.get(field) != now and not self.keep(field, now, before.get(field)):
            self.sheet.print(answered_elsewhere())


def _read() -> str | None:
    """The next answer; None where there is no more. Piped answers are echoed, so that the transcript reads well."""
    if sys.stdin is None:  # closed
        return None
    if sys.stdin.isatty():
        try:
            return input(PROMPT).strip()
        except EOFError:
            print()
            return None
    line = sys.stdin.readline()
    print(f"{PROMPT}{printable(line.rstrip())}" if line else PROMPT.rstrip())
    return line.strip() if line else None


def _unquoted(text: str) -> str:
    """What stands in quotes is an answer, even where it would be a command."""
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else text
