"""Rules as they were at a git revision: `HEAD~1:rules`, written the way git writes it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from psm_qualify.errors import Finding, PackError, UsageError
from psm_qualify.rules.loader import PackSource, read_pack
from psm_qualify.rules.shipped import SHIPPED

_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|$)")  # C:\rules is a path
_ENDINGS = (".yaml", ".yml")


def read_rules(name: str, base: Sequence[str] = ()) -> PackSource:
    """The pack that a path, `psm` or `REVISION:PATH` names, laid over those of `base`.

    Raises PackError, and UsageError where git, the revision or the path is missing.
    """
    with rules_at(name) as path:
        try:
            return read_pack(*base, path)
        except PackError as error:
            raise PackError([_called(one, path, name) for one in error.findings]) from None
        except UsageError as error:
            raise UsageError(str(error).replace(path, name)) from None


def _called(finding: Finding, path: str, name: str) -> Finding:
    """A finding that calls the rules what the user calls them, where it was made in a copy."""
    message, hint, file = (text.replace(path, name) for text in (finding.message, finding.hint, finding.place.file))
    return replace(finding, message=message, hint=hint, place=replace(finding.place, file=file))


@contextmanager
def rules_at(name: str) -> Iterator[str]:
    """The path of what a name stands for; that of a revision is a copy, which goes when the block ends."""
    revision, colon, path = name.partition(":")
    if not colon or name == SHIPPED or Path(name).exists() or _DRIVE.match(name):
        yield name
        return
    with TemporaryDirectory(prefix="psm-qualify-") as folder:
        yield _copy(name, revision, _as_git_writes(path), Path(folder).resolve())


def _as_git_writes(path: str) -> str:
    path = path.replace("\\", "/")
    return path if path == "./" else path.rstrip("/")


def _copy(name: str, revision: str, path: str, folder: Path) -> str:
    """Writes the rule files of a revision into a folder; where they are."""
    if not revision:
        raise UsageError(f"{name}: name a revision before the colon, such as HEAD~1:{path or 'rules'}")
    if not _succeeds("rev-parse", "--git-dir"):
        raise UsageError(f"{name}: there is no such path, and it can't be a git revision: this is no git repository")
    if not _succeeds("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"):
        raise UsageError(f"{name}: git knows no revision {revision!r}; `git log --oneline` lists those that there are")
    if not _succeeds("rev-parse", "--verify", "--quiet", f"{revision}:{path}"):
        hint = "the path counts from the top of the repository, or from here where it begins with ./"
        raise UsageError(f"{name}: {path!r} is not in {revision}; {hint}")
    found = _git("rev-parse", "--verify", f"{revision}:{path}").strip()
    if _git("cat-file", "-t", found).strip() == "blob":
        target = folder / PurePosixPath(path).name
        _write(target, found)
        return str(target)
    for entry in _git("ls-tree", "-z", "--full-tree", found).split("\0"):
        about, _, file = entry.partition("\t")  # mode, type and object before the name
        if file.endswith(_ENDINGS) and " blob " in about:
            _write(folder / file, about.split()[2])
    return str(folder)


def _write(target: Path, blob: str) -> None:
    target.write_bytes(_run(("cat-file", "blob", blob)).stdout)


def _succeeds(*arguments: str) -> bool:
    return _run(arguments).returncode == 0


def _git(*arguments: str) -> str:
    done = _run(arguments)
    if done.returncode:
        raise UsageError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode(errors="surrogateescape")


def _run(arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise UsageError(f"a revision needs git, which can't be started: {error.strerror or error}") from None
