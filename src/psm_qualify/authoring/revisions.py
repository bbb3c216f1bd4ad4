"""Rules as an author names them in one word: layers joined by `+`, each of which may be what stood at a git revision:
`HEAD~1:rules`, written the way git writes it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from psm_qualify.errors import Finding, PackError, UsageError
from psm_qualify.rules.loader import PackSource, read_pack
from psm_qualify.rules.shipped import SHIPPED

_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|$)")  # C:\rules is a path
_ENDINGS = (".yaml", ".yml")


def read_rules(name: str) -> PackSource:
    """The pack that a path, `psm` or `REVISION:PATH` names, or several of them joined by `+`, each laid over the first.

    Raises PackError, and UsageError where git, the revision or the path is missing, or a layer is named twice.
    """
    layers = layers_of(name)
    for layer in layers:
        if not layer:
            raise UsageError(f"{name}: name rules on either side of a +, such as psm+ours.yaml")
        if layers.count(layer) > 1:
            raise UsageError(f"{name}: {layer} is in it twice; name it once")
    with ExitStack() as held:
        paths = [held.enter_context(rules_at(layer)) for layer in layers]
        copies = {path: layer for path, layer in zip(paths, layers, strict=True) if path != layer}
        try:
            source = read_pack(*paths)
        except PackError as error:
            findings = [_called(one, copies) for one in error.findings]
            raise PackError(findings if len(layers) > 1 else [_as_layer(one, name) for one in findings]) from None
        except UsageError as error:
            raise UsageError(_renamed(str(error), copies)) from None
    return replace(source, pack=replace(source.pack, origin=layers))


def layers_of(name: str) -> tuple[str, ...]:
    """The layers that a name joins by `+`. A file or folder that is there and holds a + in its name stays whole."""
    parts = name.split("+")
    joined = ("+".join(parts[:end]) for end in range(len(parts), 1, -1))
    first = next((one for one in joined if Path(one).exists()), parts[0])
    return (first, *layers_of(name[len(first) + 1 :])) if first != name else (name,)


def _called(finding: Finding, copies: Mapping[str, str]) -> Finding:
    """A finding that calls the rules what the user calls them, where it was made in a copy."""
    message, hint, file = (_renamed(text, copies) for text in (finding.message, finding.hint, finding.place.file))
    return replace(finding, message=message, hint=hint, place=replace(finding.place, file=file))


def _as_layer(finding: Finding, name: str) -> Finding:
    """The finding; where rules have no header, which a layer needs none of, it also says how to name a layer."""
    if finding.code != "missing-key" or "'pack'" not in finding.message:
        return finding
    return replace(finding, hint=f"{finding.hint}; if it is a layer, name what it lies over: psm+{name}")


def _renamed(text: str, copies: Mapping[str, str]) -> str:
    for path, name in copies.items():
        text = text.replace(path, name)
    return text


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
