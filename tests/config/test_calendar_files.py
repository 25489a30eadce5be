"""Calendar files: read strictly, every fault told at once, and frozen the same each time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config.calendar_check import check, months_left
from config.calendar_files import (
    CalendarFile,
    InvalidCalendar,
    load_calendar,
    read_calendar,
    shipped_calendars,
    snapshot,
)
from statemodel.calendar import Calendar, content_hash, is_working
from statemodel.plain import canonical, plain

HEAD = 'id = "poole"\ndivision = "England"\nzone = "Europe/London"\nclose = "17:00"\n'
CHRISTMAS = '[[closure]]\nfrom = 2026-12-24\nto = 2027-01-02\nname = "Offices closed"\n'


def file(folder: Path, text: str, name: str = "poole.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path | str) -> dict[str, str]:
    with pytest.raises(InvalidCalendar) as caught:
        read_calendar(path)
    return {fault.key: fault.remedy for fault in caught.value.faults}


def findings(path: Path, today: date = date(2026, 11, 23)) -> list[str]:
    written = read_calendar(path)
    return [found.code for found in check(snapshot(written, 2026), today, written)]


def closed(calendar: Calendar) -> dict[date, str]:
    return {one.day: one.name for one in calendar.closed}


def test_five_calendars_are_shipped_and_each_is_clean() -> None:
    names = ("england", "northern-ireland", "rehearsal", "scotland", "wales")
    assert shipped_calendars() == names
    for name in names:
        written = read_calendar(name)
        assert written.id == name
        assert check(snapshot(written, 2026), date(2026, 11, 23), written) == ()


@pytest.mark.parametrize("name", shipped_calendars())
def test_a_snapshot_is_whole_sorted_and_small(name: str) -> None:
    calendar = load_calendar(name, 2026)
    assert (calendar.first, calendar.last) == (date(2025, 1, 1), date(2029, 12, 31))
    assert calendar.id == f"{name}-2026"
    days = [one.day for one in calendar.closed]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert list(calendar.shifts) == sorted(calendar.shifts, key=lambda shift: shift.at)
    assert len(canonical(plain(calendar))) < 3_200


def test_only_the_rehearsal_calendar_has_a_pace() -> None:
    paces = {name: load_calendar(name, 2026).pace for name in shipped_calendars()}
    assert {name: pace for name, pace in paces.items() if pace is not None} == {"rehearsal": 3}


@pytest.mark.proves("R297")
def test_equal_content_has_an_equal_hash_whatever_it_is_called() -> None:
    england, wales = load_calendar("england", 2026), load_calendar("wales", 2026)
    assert england.hash == wales.hash == content_hash(england)
    assert len(england.hash) == 32
    assert england == load_calendar("england", 2026)


@pytest.mark.parametrize(
    "changed",
    [
        {"close": "16:00"},
        {"zone": "Europe/Dublin"},
        {"pace": 3},
        {"last": date(2028, 12, 31)},
        {"closed": ()},
        {"shifts": ()},
    ],
)
def test_any_change_of_content_changes_the_hash(changed: dict[str, object]) -> None:
    england = load_calendar("england", 2026)
    assert content_hash(replace(england, **changed)) != england.hash  # type: ignore[arg-type]


@pytest.mark.proves("R294")
@pytest.mark.parametrize(
    ("name", "day", "holiday"),
    [
        ("england", date(2026, 12, 28), "Boxing Day (observed)"),
        ("england", date(2027, 12, 27), "Christmas Day (observed)"),
        ("england", date(2027, 12, 28), "Boxing Day (observed)"),
        ("england", date(2028, 1, 3), "New Year's Day (observed)"),
        ("england", date(2026, 4, 6), "Easter Monday"),
        ("wales", date(2026, 4, 6), "Easter Monday"),
        ("scotland", date(2026, 1, 2), "New Year Holiday"),
        ("scotland", date(2026, 6, 15), "Scotland's participation in the FIFA World Cup final"),
        ("scotland", date(2026, 8, 3), "Summer Bank Holiday"),
        ("scotland", date(2028, 11, 30), "Saint Andrew's Day"),
        ("northern-ireland", date(2026, 3, 17), "Saint Patrick's Day"),
        ("northern-ireland", date(2026, 7, 13), "Battle of the Boyne (observed)"),
    ],
)
def test_bank_holidays_are_the_nations_own_with_their_substitutes(
    name: str, day: date, holiday: str
) -> None:
    assert closed(load_calendar(name, 2026))[day] == holiday


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("scotland", date(2026, 4, 6)),
        ("scotland", date(2026, 8, 31)),
        ("england", date(2026, 6, 15)),
        ("england", date(2026, 8, 5)),  # school holidays are working days
    ],
)
def test_what_is_no_holiday_there_is_a_working_day(name: str, day: date) -> None:
    assert is_working(load_calendar(name, 2026), day)


@pytest.mark.proves("R294")
def test_closures_extra_holidays_and_worked_days_make_the_calendar_local(tmp_path: Path) -> None:
    extra = '[[extra_holiday]]\nday = 2027-05-07\nname = "Civic day"\n'
    worked = '[[worked_day]]\nday = 2026-08-31\nname = "Worked here"\n'
    calendar = load_calendar(file(tmp_path, HEAD + CHRISTMAS + extra + worked), 2026)
    days = closed(calendar)
    assert days[date(2026, 12, 24)] == days[date(2026, 12, 31)] == "Offices closed"
    assert days[date(2026, 12, 25)] == "Christmas Day"
    assert date(2026, 12, 26) not in days  # a Saturday needs no closing
    assert days[date(2027, 5, 7)] == "Civic day"
    assert is_working(calendar, date(2026, 8, 31))
    assert calendar.id == "poole-2026"


def test_a_file_by_path_and_a_model_give_the_same_snapshot(tmp_path: Path) -> None:
    path = file(tmp_path, HEAD)
    model = CalendarFile(id="poole", division="England", zone="Europe/London", close="17:00")
    assert load_calendar(path, 2026) == load_calendar(str(path), 2026) == snapshot(model, 2026)


def test_every_fault_is_told_at_once_with_its_key_and_its_remedy(tmp_path: Path) -> None:
    text = (
        'id = "Poole Council"\nzone = "Europe/Poole"\nclose = "25:00"\npace_seconds = 0\n'
        'divison = "England"\n[[closure]]\nfrom = "2026-12-24"\nto = 2027-01-02\nname = ""\n'
        '[[worked_day]]\nday = 2026-08-31T09:00:00\nname = "x"\n'
    )
    told = faults(file(tmp_path, text))
    assert set(told) == {
        "id", "zone", "close", "pace_seconds", "division", "divison", "closure.0.from",
        "closure.0.name", "worked_day.0.day",
    }  # fmt: skip
    assert told["division"] == "is missing; add it"
    assert told["divison"] == "is not a key of a calendar file; remove or respell it"
    assert told["closure.0.from"] == "write a date without quotes, like 2026-12-29"
    assert told["zone"] == 'write a time zone like "Europe/London"'
    assert told["close"].startswith('write a time of day like "17:00"')
    assert told["id"] == "write lower-case letters, digits and single hyphens, at most 40"


@pytest.mark.parametrize(
    "zone", ["", "Europe", "../../etc/passwd", "/etc/passwd", "Europe/London\\u0000"]
)
def test_a_zone_that_is_none_is_refused(tmp_path: Path, zone: str) -> None:
    assert set(faults(file(tmp_path, HEAD.replace("Europe/London", zone)))) == {"zone"}


@pytest.mark.parametrize("close", ["5pm", "24:00", "17", "17:00+01:00", "17:00:60"])
def test_a_close_that_is_no_time_of_day_is_refused(tmp_path: Path, close: str) -> None:
    assert set(faults(file(tmp_path, HEAD.replace("17:00", close)))) == {"close"}


@pytest.mark.parametrize(
    ("first", "last"), [("2026-12-24", "2026-12-23"), ("2025-01-01", "2026-12-31")]
)
def test_a_closure_backwards_or_longer_than_a_year_is_refused(
    tmp_path: Path, first: str, last: str
) -> None:
    text = f'{HEAD}[[closure]]\nfrom = {first}\nto = {last}\nname = "Shut"\n'
    assert faults(file(tmp_path, text)) == {
        "closure.0": "`to` must be from the same day to 366 days after `from`"
    }


def test_text_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidCalendar, match=r"poole\.toml: is not TOML: .*line 2"):
        read_calendar(file(tmp_path, 'id = "poole"\ndivision = \n'))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "poole.toml"
    path.write_bytes(b'id = "\xff"\n')
    assert faults(path) == {"": "is not UTF-8 text; save it as UTF-8"}


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path) == {"": "cannot be read; check its permissions"}


def test_an_unknown_name_is_refused_with_the_nearest_that_is_shipped() -> None:
    told = faults("scotlnd")[""]
    assert told.startswith("does not exist; did you mean scotland? shipped are england,")


def test_a_calendar_that_runs_out_within_a_year_is_found() -> None:
    england = load_calendar("england", 2026)
    assert months_left(england, date(2028, 12, 31)) == 12
    assert check(england, date(2028, 12, 31)) == ()
    found = check(england, date(2029, 1, 1))
    assert [one.code for one in found] == ["running_out"]
    assert found[0].text == "england-2026 ends on 2029-12-31, in 11 months: adopt a newer calendar"
    assert [one.code for one in check(england, date(2024, 12, 31))] == ["not_begun"]


def test_a_snapshot_that_is_not_what_its_hash_says_is_found() -> None:
    altered = replace(load_calendar("england", 2026), close="16:00")
    assert [one.code for one in check(altered, date(2026, 11, 23))] == ["altered"]


@pytest.mark.parametrize(
    ("extra", "codes"),
    [
        (CHRISTMAS, []),
        (CHRISTMAS + CHRISTMAS.replace("2026-12-24", "2027-01-02"), ["overlap"]),
        (CHRISTMAS + CHRISTMAS.replace("12-24", "12-20").replace("2027-01-02", "2026-12-23"), []),
        ('[[closure]]\nfrom = 2029-12-24\nto = 2030-01-01\nname = "a"\n', ["outside_years"]),
        ('[[extra_holiday]]\nday = 2026-05-09\nname = "a"\n', ["weekend"]),
        ('[[worked_day]]\nday = 2026-08-03\nname = "a"\n', ["not_a_holiday"]),
        (CHRISTMAS + '[[worked_day]]\nday = 2026-12-28\nname = "a"\n', ["still_shut"]),
    ],
)
def test_what_is_doubtful_in_a_file_is_found(tmp_path: Path, extra: str, codes: list[str]) -> None:
    assert findings(file(tmp_path, HEAD + extra)) == codes


def test_the_frozen_clock_starts_before_the_first_year_and_outlasts_the_last() -> None:
    shifts = load_calendar("england", 2026).shifts
    assert shifts[0].at < datetime(2025, 1, 1, tzinfo=UTC)
    assert [shift.minutes for shift in shifts] == [0] + [60, 0] * 5
