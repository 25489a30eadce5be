"""The spool: each concern kept once and for its own case, and no bad file holds up a good one."""

from pathlib import Path

import pytest

from gateway.asking import Asking
from gateway.codec import house_key
from gateway.keeping import keep
from gateway.spool import Spool
from statemodel.commands import RaiseConcern

HOUSE = house_key(bytes(32))
AFRAID, ASKING = RaiseConcern(what="Afraid"), Asking("p-ana", "1")


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", HOUSE)


def _waiting(spool: Spool) -> list[str]:
    return [document["case_id"] for _, document in spool.waiting()]


def test_the_same_words_about_two_cases_are_two_concerns(spool: Spool) -> None:
    keep(spool, HOUSE, "c1", AFRAID, ASKING)
    keep(spool, HOUSE, "c2", AFRAID, ASKING)
    assert _waiting(spool) == ["c1", "c2"]


def test_asked_twice_it_is_kept_once_and_keeps_its_place(spool: Spool) -> None:
    keep(spool, HOUSE, "c1", AFRAID, ASKING)
    keep(spool, HOUSE, "c2", AFRAID, ASKING)
    keep(spool, HOUSE, "c1", AFRAID, ASKING)
    assert _waiting(spool) == ["c1", "c2"]


def test_what_cannot_be_read_is_set_aside_for_a_person_and_the_next_is_delivered(
    spool: Spool, tmp_path: Path
) -> None:
    kept = keep(spool, HOUSE, "c1", AFRAID, ASKING)
    keep(spool, HOUSE, "c2", AFRAID, ASKING)
    (tmp_path / "spool" / f"{kept.receipt}.concern").write_bytes(b"altered")
    assert _waiting(spool) == ["c2"]
    state = spool.state()
    assert (state.waiting, state.aside) == (1, 1)
    assert state.oldest is not None


def test_nothing_of_a_concern_stands_in_the_folder_in_clear(spool: Spool, tmp_path: Path) -> None:
    keep(spool, HOUSE, "c1", RaiseConcern(what="MARKER"), ASKING)
    for file in (tmp_path / "spool").iterdir():
        assert b"MARKER" not in file.read_bytes()
        assert "MARKER" not in file.name
