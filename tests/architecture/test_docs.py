"""The documents are true: commands they name exist, decisions are short, stages are explained."""

import json
import re
import subprocess
import sysconfig
from pathlib import Path

from statemodel.case import Stage
from tests.architecture.source import ROOT

SCRIPTS = Path(sysconfig.get_path("scripts"))
README = (ROOT / "README.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
RECIPES_AT_MOST, DECISION_AT_MOST = 12, 40
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def told(program: str, text: str) -> set[str]:
    """The sub-commands of a program that a text names in code."""
    code = " ".join(re.findall(r"`([^`]+)`", text.replace("```", "`")))
    return set(re.findall(rf"\b{program} ([a-z][a-z-]+)", code))


def recipes() -> dict[str, dict[str, object]]:
    dumped = subprocess.run(
        [SCRIPTS / "just", "--dump", "--dump-format", "json"],
        cwd=ROOT, capture_output=True, check=True, timeout=30,
    )  # fmt: skip
    known: dict[str, dict[str, object]] = json.loads(dumped.stdout)["recipes"]
    return {name: recipe for name, recipe in known.items() if not recipe["private"]}


def test_there_are_few_recipes_and_each_has_a_line_of_help() -> None:
    assert len(recipes()) <= RECIPES_AT_MOST
    assert [name for name, recipe in recipes().items() if not recipe["doc"]] == []


def test_the_readme_names_only_recipes_that_exist() -> None:
    assert "test" in told("just", README)
    assert told("just", README) <= set(recipes())


def test_the_readme_names_only_commands_that_exist() -> None:
    help_ = subprocess.run(
        [SCRIPTS / "baton", "--help"], capture_output=True, text=True, check=False, timeout=60
    )
    assert help_.returncode == 0, help_.stderr
    assert told("baton", README)
    assert {name for name in told("baton", README) if name not in help_.stdout} == set()


def test_the_machine_that_checks_runs_what_the_readme_says() -> None:
    assert "uv run just test" in README
    assert "uv run just test" in (ROOT / ".ci/run").read_text("utf-8")


def test_every_link_inside_the_project_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in LINK.findall(page.read_text("utf-8"))]
    assert links
    assert [f"{p.name}: {link}" for p, link in links if not (p.parent / link).exists()] == []


def test_a_decision_is_short_and_says_what_else_was_thought_of() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert decisions
    for number, path in enumerate(decisions, start=1):
        text = path.read_text("utf-8")
        assert path.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number}. ")
        assert len(text.splitlines()) <= DECISION_AT_MOST, path.name
        for part in ("Context", "Decision", "Consequences", "Alternatives"):
            assert f"**{part}.**" in text, f"{path.name}: {part}"


def test_the_glossary_explains_every_stage() -> None:
    stages = [stage.value for stage in Stage if stage is not Stage.NONE]
    assert [stage for stage in stages if f"\n| {stage} |" not in GLOSSARY] == []
