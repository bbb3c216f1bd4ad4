"""README tells the truth: the picture is real output, and its rules and commands work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import psm_qualify

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*arguments: str) -> str:
    """What the command prints at 80 columns, without colours."""
    command = [sys.executable, "-m", "psm_qualify", *arguments]
    env = {key: value for key, value in os.environ.items() if key != "PSM_QUALIFY_RULES"}
    env |= {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def blocks(kind: str) -> list[str]:
    """The fenced blocks of README of one kind."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
    return [text for each, text in found if each == kind]


def test_the_picture_is_what_the_command_prints() -> None:
    (picture,) = blocks("")
    head, _, tail = picture.partition("      ...\n")
    printed = run("score", "examples/prospects.csv")
    assert printed.startswith(head)
    assert tail
    assert printed.endswith(tail)


def test_the_layer_in_readme_loads_over_the_shipped_pack(tmp_path: Path) -> None:
    (layer,) = blocks("yaml")
    path = tmp_path / "ours.yaml"
    path.write_text(layer, encoding="utf-8")
    pack = psm_qualify.load_pack("psm", path)
    assert "in_our_region" in {criterion.id for criterion in pack.primary.criteria}


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = blocks("python")
    exec(compile(example.replace("prospects.csv", "examples/prospects.csv"), "README.md", "exec"), {})
    assert "1 Pinecrest Realty Group qualified" in capsys.readouterr().out


def test_every_option_of_score_in_readme_exists() -> None:
    known = set(re.findall(r"--[a-z-]+", run("score", "--help")))
    lines = re.findall(r"psm-qualify score([^\n#`]*)", README)
    shown = {option for line in lines for option in re.findall(r"--[a-z-]+", line)}
    assert len(shown) > 5
    assert shown <= known


def test_the_pack_in_writing_rules_loads_and_passes_its_own_test(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", guide, flags=re.DOTALL | re.MULTILINE)
    pack = psm_qualify.parse_pack(text, "docs/rules.md")
    (case,) = pack.tests
    path = tmp_path / "list.csv"
    path.write_text(",".join(case.prospect) + "\n" + ",".join(case.prospect.values()) + "\n", encoding="utf-8")
    with psm_qualify.score([path], pack) as ranking:
        (prospect,) = ranking
    assert prospect.verdict == case.expect.verdict
    assert prospect.primary.band == case.expect.scorecards["fit"].band


# -- the story and the guide ---------------------------------------------------------------------------------------

STEP = re.compile(
    r"`(?P<old>[^`\n]+)`\s+to\s+`(?P<new>[^`\n]+)`"
    r"|(?:as `(?P<file>[^`]+)`:\n\n)?^```(?P<kind>console|yaml|csv)\n(?P<text>.*?)^```$",
    flags=re.DOTALL | re.MULTILINE,
)
PACK = "my-rules/pack.yaml"


def told(block: str, folder: Path, errors: int) -> str:
    """A block of commands with what they print now."""
    env = {key: value for key, value in os.environ.items() if key != "PSM_QUALIFY_RULES"}
    env |= {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    env["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), env["PATH"]))
    parts = []
    for command in re.findall(r"^\$ (.*)$", block, flags=re.MULTILINE):
        done = subprocess.run(
            command, shell=True, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=errors, check=False
        )
        printed = done.stdout.decode().replace("\r", "")
        assert done.returncode == 0, printed
        parts.append(f"$ {command}\n{printed}")
    return "".join(parts)


def edit(pack: Path, old: str, new: str) -> None:
    """Puts a text in the place of one that must stand in the pack exactly once."""
    text = pack.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {pack.name}"
    pack.write_text(text.replace(old, new), encoding="utf-8")


def followed(step: re.Match[str], folder: Path, errors: int) -> str:
    """A step of a document after it has been done: commands with what they print now, an edit as it stands."""
    if step["kind"] == "console":
        return f"```console\n{told(step['text'], folder, errors)}```"
    if step["file"]:
        (folder / step["file"]).write_text(step["text"], encoding="utf-8")
    elif step["text"]:
        place = "\n" + step["text"].splitlines(keepends=True)[0]
        edit(folder / PACK, place, "\n" + step["text"])
    else:
        edit(folder / PACK, step["old"], step["new"])
    return step[0]


@pytest.mark.skipif(os.name == "nt", reason="the commands of the documents are those of a POSIX shell")
@pytest.mark.parametrize(("name", "errors"), [("story.md", subprocess.DEVNULL), ("guide.md", subprocess.STDOUT)])
def test_the_story_and_the_guide_are_what_the_commands_print(name: str, errors: int, tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "prospects.csv", tmp_path)
    path = ROOT / "docs" / name
    text = path.read_text(encoding="utf-8")
    now = STEP.sub(lambda step: followed(step, tmp_path, errors), text)
    if os.environ.get("PSM_QUALIFY_GOLDEN"):
        path.write_text(now, encoding="utf-8")
    assert now == text
