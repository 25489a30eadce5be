"""docs/cli.md says what the commands say, and the README names every one of them."""

from pathlib import Path

import pytest

from cli.main import COMMANDS
from cli.reference import text
from config.wording import catalogue

ROOT = Path(__file__).parent.parent.parent
NAMES = [command.__name__.removesuffix("_case") for group in COMMANDS.values() for command in group]


def test_the_reference_is_fresh() -> None:
    stale = "docs/cli.md is stale: python -m cli.reference > docs/cli.md"
    assert (ROOT / "docs" / "cli.md").read_text() == text(), stale


@pytest.mark.parametrize("name", [*NAMES, "calendar", "policy"])
def test_the_readme_names_each_command(name: str) -> None:
    assert f"`baton {name}`" in (ROOT / "README.md").read_text()


def test_the_page_on_rehearsals_lists_every_reason() -> None:
    page = (ROOT / "docs" / "rehearsals.md").read_text()
    assert [code for code in catalogue()["reason"] if f"\n| `{code}` | " not in page] == []
