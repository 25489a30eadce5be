"""A tray takes each message once, keeps room for safety, and is never more than a run can carry."""

from statemodel import Message
from statemodel.people import Person
from statemodel.plain import canonical, plain
from workflows.run_state import PostState
from workflows.tray import ALL_BYTES, SIDE_BY_SIDE, Tray


def message(number: int, *, safety: bool = False) -> Message:
    return Message(f"m{number}-" + "x" * 200, "c1", 1, Person("p-lee"), "told", "n1", safety)


def filled(number: int) -> Tray:
    tray = Tray(PostState("p-lee"))
    for each in range(number):
        tray.take(message(each))
    return tray


def test_what_finds_no_room_is_left_to_the_store_and_a_safety_message_still_has_some() -> None:
    tray = filled(5_000)
    routine = len(tray.state().waiting)
    assert 1_000 < routine < 5_000
    tray.take(message(-1, safety=True))
    assert tray.state().urgent == (message(-1, safety=True),)
    for number in range(10_000, 15_000):
        tray.take(message(number, safety=True))
    assert len(canonical(plain(tray.state()))) < ALL_BYTES + 64 * 1024


def test_room_is_free_again_once_a_message_is_sent_or_its_death_reported() -> None:
    tray = filled(5_000)
    first, second, *_ = tray.state().waiting
    late = message(6_000)
    tray.take(late)
    assert late not in tray.state().waiting
    tray.failed(first, "gave_up")
    tray.take(late)
    assert late not in tray.state().waiting
    tray.reported(tray.to_report()[0])
    tray.take(late)
    assert tray.state().waiting[-1] == late
    assert tray.to_send() == [second]


def test_the_state_that_is_handed_on_makes_the_same_tray_again() -> None:
    tray = filled(3)
    tray.take(message(7, safety=True))
    tray.failed(message(0), "desk_empty")
    tray.sent(message(1))
    assert Tray(tray.state()).state() == tray.state()
    again = Tray(tray.state())
    for number in (0, 1, 2):
        again.take(message(number))
    again.take(message(7, safety=True))
    assert again.state() == tray.state()


def test_only_so_many_errands_go_side_by_side() -> None:
    tray = Tray(PostState("p-lee"))
    for number in range(SIDE_BY_SIDE + 50):
        tray.take(message(number, safety=True))
    assert len(tray.to_send()) == SIDE_BY_SIDE
