"""Old documents are lifted step by step to today's form; what is from tomorrow is refused."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from wire import Invalid
from wire.decoder import Decoder
from wire.upcast import Document, Upcasts


@dataclass(frozen=True, slots=True)
class Visit:
    """Third of its form: `place` was `where`, and before that the kind was called `call`."""

    kind: ClassVar[str] = "visit"
    v: ClassVar[int] = 3
    place: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Phoned:
    kind: ClassVar[str] = "phoned"
    v: ClassVar[int] = 1
    number: str


@dataclass(frozen=True, slots=True)
class Diary:
    """Carries `v` alone, and is known by the name of its class."""

    v: ClassVar[int] = 2
    days: tuple[Visit | Phoned, ...]


def from_call(document: Document) -> Document:
    return {"kind": "visit", "v": 2, "where": document["at"]}


def from_where(document: Document) -> Document:
    document["place"] = document.pop("where")
    return document | {"v": 3}


def from_one_day(document: Document) -> Document:
    return {"v": 2, "days": [document["day"]]}


UPCASTS: Upcasts = {
    ("call", 1): from_call,
    ("visit", 2): from_where,
    ("diary", 1): from_one_day,
}
TODAY = Visit("home", 0)
NEW = {"kind": "visit", "v": 3, "place": "home"}
SECOND = {"kind": "visit", "v": 2, "where": "home"}
FIRST = {"kind": "call", "v": 1, "at": "home"}


def decoder(upcasts: Upcasts = UPCASTS) -> Decoder:
    return Decoder(upcasts, registry=(Visit, Phoned))


def told(document: Any, kind: type[Any] = Visit, upcasts: Upcasts = UPCASTS) -> list[str]:
    with pytest.raises(Invalid) as caught:
        decoder(upcasts).decode(kind, document)
    return [f"{problem.path} {problem.code} {problem.allowed}" for problem in caught.value.problems]


@pytest.mark.parametrize("document", [NEW, SECOND, FIRST, FIRST | {"v": 1}])
def test_each_form_there_ever_was_is_read_as_todays(document: Document) -> None:
    assert decoder().decode(Visit, document) == TODAY


def test_a_kind_that_was_renamed_is_found_where_several_may_stand() -> None:
    diary = {"v": 2, "days": [FIRST, SECOND, NEW, {"kind": "phoned", "number": "1"}]}
    assert decoder().decode(Diary, diary).days == (TODAY, TODAY, TODAY, Phoned("1"))


def test_what_has_no_kind_is_lifted_by_the_name_of_its_class() -> None:
    assert decoder().decode(Diary, {"v": 1, "day": FIRST}) == Diary((TODAY,))


def test_left_out_v_is_the_first() -> None:
    assert decoder().decode(Visit, {"kind": "call", "at": "home"}) == TODAY
    assert decoder().decode(Diary, {"day": FIRST}) == Diary((TODAY,))


def test_lifting_leaves_the_old_document_as_it_was() -> None:
    before = dict(SECOND)
    decoder().decode(Visit, SECOND)
    assert before == SECOND


def test_what_is_from_tomorrow_is_refused() -> None:
    assert told(NEW | {"v": 4}) == ["v future_version 1 to 3"]
    assert told({"v": 2, "days": [NEW | {"v": 4}]}, Diary) == ["days[0].v future_version 1 to 3"]


def test_an_old_form_that_nothing_lifts_is_refused() -> None:
    assert told(NEW | {"v": 1}) == ["v unknown_version 1 to 3"]
    assert told(SECOND, upcasts={}) == ["v unknown_version 1 to 3"]
    assert told(FIRST, upcasts={("call", 1): from_call}) == ["v unknown_version 1 to 3"]


def test_an_old_document_that_is_not_what_it_should_be_is_invalid_and_not_an_accident() -> None:
    assert told({"kind": "visit", "v": 2}) == ["v unknown_version 1 to 3"]
    assert told({"v": 2, "days": [{"kind": "call"}]}, Diary) == [
        "days[0].kind unknown_kind phoned | visit"
    ]


def test_a_lifted_document_is_typed_like_any_other() -> None:
    assert told({"kind": "call", "at": 3}) == ["place wrong_type text"]


def test_a_table_that_goes_in_circles_ends() -> None:
    circle: Upcasts = {("visit", 1): lambda document: document}
    assert told(NEW | {"v": 1}, upcasts=circle) == ["v unknown_version 1 to 3"]
