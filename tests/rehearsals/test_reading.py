"""A file is checked whole before anything is played, and every fault is told by its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import rehearsals
from rehearsals.lines import Lines
from tests.rehearsals.files import SOUND, changed, file, line_of, problems


def test_a_sound_file_is_read_with_local_and_other_times_alike(tmp_path: Path) -> None:
    rehearsal = rehearsals.load(file(tmp_path))
    assert rehearsal.title == "A manager agrees"
    assert rehearsal.story == "Sam is proposed,\nand Lee agrees."
    assert rehearsal.pack.id == "demonstration"
    assert [step.at for step in rehearsal.steps] == [
        datetime(2026, 1, 5, 9, tzinfo=UTC),
        datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
        datetime(2026, 1, 5, 10, tzinfo=UTC),
        datetime(2026, 1, 6, 11, tzinfo=UTC),
    ]


def test_a_local_time_is_the_calendars_own_in_summer(tmp_path: Path) -> None:
    summer = SOUND.replace("2026-01-", "2026-07-").replace("10:00:00+00:00", "10:00:00")
    steps = rehearsals.load(file(tmp_path, summer)).steps
    assert steps[0].at == datetime(2026, 7, 5, 8, tzinfo=UTC)


def test_a_calendar_may_be_written_in_the_file(tmp_path: Path) -> None:
    inline = """[calendar]
id = "here"
division = "Scotland"
zone = "Europe/London"
close = "12:00"
"""
    text = changed('calendar = "england"\n', "", SOUND).replace(
        "[[step]]", inline + "\n[[step]]", 1
    )
    calendar = rehearsals.load(file(tmp_path, text)).calendar
    assert (calendar.id, calendar.close) == ("here-2026", "12:00")


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ('rules = ["R95"]', 'rulse = ["R95"]', "rulse", "did you mean rules?"),
        ('title = "A manager agrees"\n', "", 'story = "', "title is missing"),
        ('rules = ["R95"]', 'rules = "R95"', "rules", "write a list"),
        ('calendar = "england"', 'calendar = "engaland"', "calendar", "did you mean england?"),
        ('calendar = "england"', 'pack = "demo"', "pack =", "shipped are"),
        ('line_manager = "lee"', 'line_manager = "le"', '"le"', "did you mean lee?"),
        ('line_manager = "lee"', 'lin_manager = "lee"', "lin_manager", "did you mean line_manager"),
        ('roles = ["line_manager"]', 'roles = ["linemanager"]', "linemanager", "line_manager?"),
        ("[people.ana]", "[people.arbiter]", "people.arbiter", "has a meaning of its own"),
        ("at = 2026-01-05T09:30:00", 'at = "2026-01-05"', 'at = "', "without quotes"),
        ("at = 2026-01-05T09:30:00", "at = 2026-01-05", "at = 2026-01-05\n", "a date and a time"),
        ("at = 2026-01-05T09:30:00", "at = 2026-01-04T09:30:00", "01-04", "is earlier"),
        ("at = 2026-01-06T11:00:00", "at = 2031-01-06T11:00:00", "2031", "outside the calendar"),
        ('by = "lee"', 'by = "le"', 'by = "le"', "did you mean lee?"),
        ('by = "lee"', 'by = "post"', 'by = "post"', "report_undelivered"),
        ('by = "lee"\n', "", "[[step]]", "by is missing"),
        ("agree_nomination = {}", "agree_nominaton = {}", "nominaton", "did you mean agree_"),
        ('source = "observation"', 'sorce = "observation"', "sorce", "did you mean source?"),
        ('source = "observation"', "", "step.identify_need", "source is missing"),
        ('source = "observation"', 'source = "hearsay"', "hearsay", "routine_visit"),
        ('    "child-1",', "    7,", "children = [\n", "children.0 is of the wrong kind"),
        ('nominee = "sam"', 'nominee = "sma"', "sma", "did you mean sam?"),
        ('waits_on = "lee"', 'waits_for = "lee"', "waits_for", "did you mean waits_on?"),
        ('waits_on = "lee"', 'waits_on = "boss"', "boss", "is nobody of this file"),
        ('waits_on = "lee"', "departures = -1", "departures", "nought or more"),
        ('waits_on = "lee"', "accepted = 1", "accepted", "true or false"),
        ('waits_on = "lee"', "version = true", "version", "a whole number"),
        ('waits_on = "lee"', "deadlines = { answer = 2026-01-09 }", "deadlines", "no kind of"),
        ('to = "lee"', 'to = "leee"', "leee", "did you mean lee?"),
        ('purpose = "please_answer"', 'purpose = "please"', "purpose", "is not known here"),
        ('by = "lee"\nagree_nomination = {}', "refused = []", "refused", "nothing is asked"),
        ("agree_nomination = {}", "agree_nomination = {}\nrepeat = true", "repeat", "nothing was"),
        (
            "agree_nomination = {}",
            'agree_nomination = {}\nrefused = ["own_propsal"]',
            "propsal",
            "did you mean own_proposal?",
        ),
        (
            "agree_nomination = {}",
            "agree_nomination = {}\nraise_concern = {}",
            "raise_concern",
            "one command a step",
        ),
        (
            "agree_nomination = {}",
            'agree_nomination = { recorded = { happened_at = "2026-01-06T10:00:00" } }',
            "happened_at",
            "has no time zone",
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_line(
    tmp_path: Path, old: str, new: str, at: str, says: str
) -> None:
    text = changed(old, new)
    lines = {words: line for line, words in problems(file(tmp_path, text)) if says in words}
    assert list(lines.values()) == [line_of(at, text)]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = changed('nominee = "sam"', "nominee = 7")
    text = changed('rules = ["R95"]', "rules = 95", text)
    text = changed('waits_on = "lee"', "wait_on = 1", text)
    assert [line for line, _ in problems(file(tmp_path, text))] == [
        line_of(words, text) for words in ("rules =", "nominee =", "wait_on =")
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('title = "A"\nstory = \n', 2),
        ('title = "A"\ntitle = "B"\n', 2),
        ('title = "A"\nstory = """\nnever ends\n', 3),
    ],
)
def test_what_is_no_toml_is_told_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    [(found, says)] = problems(file(tmp_path, text))
    assert found == line
    assert "is not TOML" in says


def test_an_empty_file_lacks_what_every_file_has(tmp_path: Path) -> None:
    found = problems(file(tmp_path, ""))
    assert [says for _, says in found] == [
        f"{name} is missing" for name in ("title", "story", "rules", "step")
    ]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path / "gone.toml") == [(1, "does not exist")]
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'title = "\xe9"')
    assert problems(latin) == [(1, "is not UTF-8 text")]
    assert problems(tmp_path) == [(1, "cannot be read")]
    assert problems(file(tmp_path, "#" * 300_000)) == [(1, "is larger than 256 KiB")]


def test_folders_are_searched_and_each_file_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    one, other = file(tmp_path), file(tmp_path / "inner", name="other.toml")
    assert rehearsals.find([tmp_path, one]) == [one, other]


def test_nothing_to_play_is_an_error_and_not_a_success(tmp_path: Path) -> None:
    with pytest.raises(rehearsals.RehearsalError, match="holds no rehearsal"):
        rehearsals.find([tmp_path])
    with pytest.raises(rehearsals.RehearsalError, match="does not exist"):
        rehearsals.find([tmp_path / "gone"])


def test_lines_are_found_through_long_strings_lists_and_repeated_tables() -> None:
    text = '''a = """
b = 1
"""
c = [
  "[[x]]",  # ] not the end
  { d = 1 },
]
"e f".g = 2
[[t]]
h = 1
[[t]]
h = 'it''s'
[t.u.v]
i = 3
'''
    lines = Lines(text)
    paths = [("a",), ("c",), ("c", 1, "d"), ("e f", "g"), ("t", 0, "h"), ("t", 1, "h")]
    assert [lines.of(path) for path in paths] == [1, 4, 4, 8, 10, 12]
    assert [lines.of(path) for path in (("t", 1, "u", "v", "i"), ("b",))] == [14, 1]
