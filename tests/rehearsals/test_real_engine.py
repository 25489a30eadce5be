"""On the real engine a rehearsal fails in words and by line, and never hangs or hides a fault."""

from pathlib import Path

import rehearsals
from rehearsals.replay import read_history
from tests.rehearsals.files import SOUND, changed, file, line_of

CLOSED = (
    '[[step]]\nat = 2026-01-07T09:00:00\nby = "ana"\n[step.close_case]\n'
    'code = "outcomes_achieved"\ndecided_by = "meeting"\nfamily_view = "Ready"\n'
)
TOO_LATE = '[[step]]\nat = 2026-03-02T09:00:00\nby = "ana"\nraise_concern = {}\n'


async def test_what_goes_wrong_is_told_and_the_next_rehearsal_is_played(tmp_path: Path) -> None:
    wrong = changed('waits_on = "lee"', "version = 7")
    after_the_end = SOUND + CLOSED + TOO_LATE
    files = [
        file(tmp_path, wrong, "wrong.toml"),
        file(tmp_path, after_the_end, "ended.toml"),
        file(tmp_path, SOUND, "sound.toml"),
    ]
    loaded = [rehearsals.load(path) for path in files]
    kept = tmp_path / "histories"
    played = await rehearsals.play(loaded, "temporal", told=_nothing, histories=kept)
    assert [outcome.passed for outcome in played] == [False, False, True]
    assert [(f.line, f.says) for f in played[0].failures] == [
        (line_of("version = 7", wrong), "version is 3, not 7")
    ]
    assert "begin another episode" in played[1].failures[0].says
    assert played[1].failures[0].line == line_of("[[step]]", after_the_end)
    [on_the_model] = await rehearsals.play(loaded[2:], "model", told=_nothing)
    assert played[2].transcript == on_the_model.transcript
    histories = [read_history(path) for path in kept.iterdir()]
    assert len(histories) == 3
    assert all(history.events for history in histories)


def _nothing(outcome: rehearsals.Outcome) -> None:
    """Nobody listens."""
