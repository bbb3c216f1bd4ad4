"""Patterns of rules, and the phrases of a pack that stand in them as `<name>`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from psm_qualify.rules import patterns
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.places import Path

_NAMED = re.compile(r"(?<!\(\?)(?<!\(\?P)<([a-z][a-z0-9_]*)>")

_MAX_TOTAL = 2_000_000
"""How many signs phrases may add to all patterns of a pack; the shipped pack's add a tenth of that."""


class PatternReader:
    """Reads the patterns of a pack, once its phrases are known. Those in `trusted` files are known to be sound."""

    def __init__(self, findings: Findings, phrases: Mapping[str, str], trusted: Collection[str] = ()) -> None:
        self.findings = findings
        self._trusted = trusted
        self._phrases: dict[str, str] = {}
        self._size = 0
        for phrase, text in phrases.items():
            path: Path = ("phrases", phrase)
            pattern = self.read(text, path)
            if not re.fullmatch("[a-z][a-z0-9_]*", phrase):
                hint = "use small letters, digits and underscores"
                findings.add("bad-name", f"{phrase!r} can't stand in a pattern as <{phrase}>", hint, path, key=True)
            elif self.groups(pattern, path):
                findings.add(
                    "group-in-phrase",
                    f"the phrase {phrase!r} has a group that catches, which would shift those of the patterns",
                    "write (?:…) for a group that only holds together",
                    path,
                )
            self._phrases[phrase] = f"(?:{pattern})"

    def read(self, text: str, path: Path) -> str:
        """A pattern of a rule as it is searched in cleaned cells; a finding where not every engine could run it."""
        size = sum(len(self._phrases.get(named[1], "")) for named in _NAMED.finditer(text))
        self._size += size
        if size > patterns.MAX_SIZE or self._size > _MAX_TOTAL:
            hint = "write shorter phrases, or name fewer in one another"
            self.findings.add("bad-pattern", "with its phrases written out the pattern grows too long", hint, path)
            return "x"
        pattern = _NAMED.sub(lambda named: self._phrase(named[1], path), text)
        problem = None if self._is_trusted(path) else patterns.fault(pattern)
        if problem is not None:
            self.findings.add(
                "bad-pattern",
                f"the pattern {_shown(text)!r} can't be used: {problem}",
                patterns.remedy(problem),
                path,
            )
        return patterns.folded(pattern)

    def groups(self, pattern: str, path: Path) -> int | None:
        """How many groups a pattern has; None where that is not worth a look: it is at fault, or known to be sound."""
        if self._is_trusted(path) or patterns.fault(pattern) is not None:
            return None
        return patterns.groups(pattern)

    def _is_trusted(self, path: Path) -> bool:
        return bool(self._trusted) and self.findings.places.locate(path).file in self._trusted

    def _phrase(self, phrase: str, path: Path) -> str:
        if phrase not in self._phrases:  # one that stands further down is not known yet, either
            self.findings.add_unknown("phrase", phrase, tuple(self._phrases), path)
        return self._phrases.get(phrase, "x")


def _shown(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}…"
