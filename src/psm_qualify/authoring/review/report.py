"""What a check of rules found, for those who show it."""

from __future__ import annotations

from dataclasses import dataclass

from psm_qualify.errors import Finding


@dataclass(frozen=True, slots=True)
class Report:
    """The findings about a pack: errors first, each in the order of the files. `origin`: the layers as named."""

    origin: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings keep the pack from working."""
        return sum(one.severity == "error" for one in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are what a careful reader would ask about."""
        return len(self.findings) - self.errors

    @property
    def summary(self) -> str:
        """`ours.yaml: 2 errors and 1 warning`."""
        counts = ((self.errors, "error"), (self.warnings, "warning"))
        parts = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
        return f"{', '.join(self.origin)}: {' and '.join(parts) or 'nothing to mend'}"
