"""The law does not change its meaning without an edition, and nobody is stopped for its words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from statemodel.law import CURRENT_EDITION, KNOWN_EDITIONS
from tests.architecture.fingerprint import LAW, STAMP, fault, fingerprint, stamped


def test_the_law_is_what_its_edition_was_stamped_with() -> None:
    assert not (found := fault(LAW, CURRENT_EDITION, stamped())), found


def test_a_build_knows_its_own_edition_and_at_most_the_one_before() -> None:
    assert KNOWN_EDITIONS[-1] == CURRENT_EDITION
    assert KNOWN_EDITIONS in ((CURRENT_EDITION,), (CURRENT_EDITION - 1, CURRENT_EDITION))
    assert {str(edition) for edition in KNOWN_EDITIONS} <= set(stamped())


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(LAW, tmp_path / "statemodel", ignore=ignored))


def edited(copy: Path, name: str, edit: Callable[[str], str]) -> str:
    path = copy / name
    before = path.read_text(encoding="utf-8")
    after = edit(before)
    assert after != before, "the edit found nothing to change"
    path.write_text(after, encoding="utf-8")
    return fingerprint(copy)


def test_a_copy_of_the_law_has_the_same_fingerprint(copied: Path) -> None:
    assert fingerprint(copied) == fingerprint(LAW)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text + "\n# a remark\n",
        lambda text: text.replace('"""', '"""In other words: ', 1),
        lambda text: text.replace("\n\n\n", "\n\n\n\n"),
        lambda text: text.replace('    """', '    """Once more: '),
    ],
)
def test_words_and_spacing_do_not_count(copied: Path, edit: Callable[[str], str]) -> None:
    assert edited(copied, "pathway/clock.py", edit) == fingerprint(LAW)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("decide.py", "timedelta(minutes=2)", "timedelta(minutes=3)"),
        ("pathway/manager_answer.py", "<= nomination_of", "< nomination_of"),
        ("pathway/lapse.py", "Role.ARBITER", "Role.COORDINATOR"),
        ("pathway/closing.py", "                the_family_was_heard,\n", ""),
        ("evolve.py", "_bounded(after.things)", "after.things"),
        ("working_days.py", "ELAPSED: Final = (Unit.MINUTES, ", "ELAPSED: Final = ("),
        ("refusal.py", '"stop"', '"halt"'),
    ],
)
def test_a_change_of_meaning_shows(copied: Path, name: str, old: str, new: str) -> None:
    assert edited(copied, name, lambda text: text.replace(old, new)) != fingerprint(LAW)


def test_a_file_more_or_less_shows(copied: Path) -> None:
    (copied / "pathway" / "more.py").write_text('"""More."""\n', encoding="utf-8")
    assert fingerprint(copied) != fingerprint(LAW)
    (copied / "pathway" / "more.py").unlink()
    assert fingerprint(copied) == fingerprint(LAW)


def test_whoever_changed_the_law_is_told_both_ways_out(copied: Path) -> None:
    edited(copied, "decide.py", lambda text: text.replace("minutes=2", "minutes=3"))
    told = fault(copied, CURRENT_EDITION, stamped())
    following = CURRENT_EDITION + 1
    assert f"until={CURRENT_EDITION}" in told
    assert f"since={following}" in told
    assert f"KNOWN_EDITIONS = ({CURRENT_EDITION}, {following})" in told
    assert STAMP in told


def test_an_edition_nobody_stamped_is_a_fault_too() -> None:
    assert STAMP in fault(LAW, 99, stamped())
