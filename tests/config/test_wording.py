"""Words on screens: whose rule it is, what would satisfy it, who is responsible, whom to ring."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.calendar_files import load_calendar
from config.letters import Envelope, letter
from config.policies import load_pack, words_of
from config.wording import (
    Phrase,
    deadline,
    hint,
    holder,
    label,
    phrase,
    professional_line,
    responsible,
    safety_line,
    say,
)
from statemodel.people import Desk, Person, Role
from statemodel.refusal import Authority, Unmet
from statemodel.things import Deadline, DeadlineKind
from statemodel.working_days import Period, Unit, due

THEN = words_of("cwdc-2007")
MAUNDY_THURSDAY = datetime(2026, 4, 2, 13, 5, tzinfo=UTC)
ARBITER = Desk(Role.ARBITER, "riverside")


def unmet(code: str, authority: Authority = Authority.BATON, **facts: str) -> Unmet:
    return Unmet(code, ("R99",), authority).about(**facts)


def names(person: str) -> str:
    return {"p-lee": "Lee Okafor"}.get(person, person)


def test_the_same_code_is_said_in_each_packs_own_words() -> None:
    assert label("event", "lead_proposed") == "Lead practitioner proposed"
    assert label("event", "lead_proposed", THEN) == "Lead professional proposed"
    assert label("role", "arbiter") == "head of early help"
    assert label("role", "arbiter", THEN) == "service development manager"


def test_a_field_is_named_within_its_command_and_shared_ones_everywhere() -> None:
    assert label("field", "raise_concern.done") == "What has been done already"
    assert label("field", "answer_task.done") == "What was done"
    assert label("field", "answer_task.because") == label("field", "close_case.because")
    assert hint("raise_concern").endswith("It goes at once to the duty manager.")


def test_a_code_without_words_is_still_readable() -> None:
    assert label("event", "plan_agreed") == "plan agreed"
    assert label("field", "close_case.new_field") == "new field"
    assert say(unmet("quite_new")).says == "quite new"
    assert hint("plan_agreed") == ""
    assert letter("quite_new", Envelope("7K2M", "x", "y")).subject.startswith("Something waits")


@pytest.mark.proves("R99")
def test_a_reason_says_whose_rule_it_is_and_never_its_number() -> None:
    said = say(unmet("not_the_nominees_manager", Authority.LOCAL_POLICY, asked="p-lee"), who=names)
    assert said.says == "the answer belongs to Lee Okafor or the deputy"
    assert said.because_of == "local policy, managers' protocol (Poole 2007)"
    assert said.remedy.startswith("Ask them; ")


def test_batons_own_rule_borrows_nobodys_source() -> None:
    assert say(unmet("not_yet_due")).because_of == "Baton's default"
    told = say(unmet("not_yet_due", Authority.LOCAL_POLICY))
    assert told.because_of == "local policy, managers' protocol (Poole 2007)"


@pytest.mark.proves("I14")
def test_the_second_of_two_managers_is_told_who_and_when_by_the_clock_on_the_wall() -> None:
    first = unmet("answered_already", by="p-lee", at="2026-04-02T13:05:00.000000Z", thing="n4")
    assert say(first, who=names).says == "Lee Okafor answered first, on Thu 2 Apr 2026 at 14:05"


def test_things_states_and_desks_are_named_not_numbered() -> None:
    assert say(unmet("moved_on", thing="n4", version="9")).says == (
        "the proposal has changed since you saw it"
    )
    assert "“Planning”" in say(unmet("not_from_here", state="planning")).says
    assert (
        "“passed to the head of early help”" in say(unmet("not_from_here", state="referred")).says
    )
    owner = say(unmet("not_your_task", owner="duty_manager.riverside"))
    assert owner.says == "this waits for duty manager (duty desk)"
    assert say(unmet("no_such_entry", entry="12")).says == (
        "there is no entry 12 here that you can strike out"
    )


def test_a_reason_without_its_facts_is_still_a_sentence() -> None:
    assert say(unmet("person_not_known")).says == "this person is not in the directory"
    assert say(unmet("not_your_task")).says == "this waits for somebody else"


@pytest.mark.parametrize("given", ["<script>alert(1)</script>", "{lead.__class__}", "a\nb", ""])
def test_what_somebody_typed_is_never_said_back(given: str) -> None:
    person = say(unmet("person_not_known", person=given)).says
    assert person == "somebody unknown is not in the directory"
    assert say(unmet("no_such_thing", thing=given)).says == "this case has no such thing"


def test_a_local_word_is_never_a_template_itself() -> None:
    odd = words_of("england-default") | {"lead": "{lado} {0}"}
    assert label("event", "lead_proposed", odd) == "{lado} {0} proposed"


def test_responsibility_has_three_honest_forms() -> None:
    lee = Person("p-lee")
    assert responsible(lee, MAUNDY_THURSDAY, who=names) == (
        "Lee Okafor, accepted on Thu 2 Apr 2026"
    )
    assert responsible(ARBITER, MAUNDY_THURSDAY) == "With the duty desk: head of early help"
    assert responsible(lee, None) == "Nobody has accepted: p-lee has not said yes"
    assert responsible(None, None) == "Nobody is responsible"


def test_a_day_is_the_local_day() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert responsible(Person("p"), late) == "p, accepted on Thu 2 Jul 2026"


def test_a_holder_is_a_person_or_a_desk() -> None:
    assert holder(Person("p-lee"), who=names) == "Lee Okafor"
    assert holder(ARBITER, THEN) == "service development manager (duty desk)"


@pytest.mark.proves("R99", "R295")
def test_a_deadline_says_what_is_owed_and_why_then() -> None:
    four_days = due(MAUNDY_THURSDAY, Period(4, Unit.WORKING_DAYS), load_calendar("england", 2026))
    owed = Deadline("d4", DeadlineKind.MANAGER_ANSWER, "n4", ARBITER, four_days)
    assert deadline(owed) == (
        "Line manager's answer: due Fri 10 Apr: 4 working days from Thu 2 Apr; "
        "Good Friday, Saturday, Sunday, Easter Monday not counted"
    )


def test_the_phrases_are_the_services_own() -> None:
    assert phrase(Phrase.CANNOT_YET) == "Cannot be done yet, because"
    assert phrase(Phrase.NOT_AGREED_BY, day="Fri 10 Apr", to="the head of early help") == (
        "Not agreed by Fri 10 Apr; passed to the head of early help"
    )
    assert phrase(Phrase.NEEDS_A_PERSON) == "Needs a person"


def test_the_safety_line_names_999_and_the_packs_numbers() -> None:
    line = safety_line(load_pack("demonstration"))
    assert line == (
        "If a child is in immediate danger call 999. Worried about harm: 01632 960001 "
        "(Monday to Friday, 8:30am to 5pm), out of hours 01632 960002. "
        "Do not wait for this system."
    )
    assert "01632 960003" in professional_line(load_pack("demonstration"))


def test_a_pack_without_contacts_still_says_999_and_where_to_turn() -> None:
    line = safety_line(load_pack("england-default"))
    assert line.startswith("If a child is in immediate danger call 999.")
    assert "front door" in line
    assert line.endswith("Do not wait for this system.")
    assert professional_line(load_pack("england-default")) == ""


def test_a_letter_says_that_something_waits_and_whom_to_ring() -> None:
    line = safety_line(load_pack("demonstration"))
    envelope = Envelope("7K2M-9QXR", "https://baton.example/l/abc", line)
    sent = letter("please_answer", envelope)
    assert sent.subject == "Your answer is needed, ref 7K2M-9QXR"
    assert sent.body.startswith("A practitioner you manage has been proposed as lead practitioner,")
    assert "https://baton.example/l/abc" in sent.body
    assert sent.body.rstrip().endswith(line)


def test_a_concern_asks_its_desk_to_look_and_only_tells_whoever_holds_the_case() -> None:
    envelope = Envelope("7K2M", "https://baton.example", "Call 999.")
    for desk in (Role.DUTY_MANAGER, Role.EARLY_HELP_MANAGER):
        asked = letter("concern_raised", envelope, to=Desk(desk, "riverside"))
        assert asked == letter("concern_raised", envelope)
        assert "waits for you" in asked.body
    for holder_ in (Person("p-ana"), Desk(Role.COORDINATOR, "riverside")):
        told = letter("concern_raised", envelope, to=holder_)
        assert "waits for you" not in told.body
        assert "the duty manager has been told" in told.body
        assert told.subject == "Urgent: please read now, ref 7K2M"
    assert letter("please_answer", envelope, to=Person("p-lee")) == letter(
        "please_answer", envelope
    )


def test_a_demonstration_stamps_its_letters() -> None:
    envelope = Envelope("7K2M", "https://baton.example", "Call 999.")
    stamped = letter("please_answer", replace(envelope, demonstration=True))
    assert stamped.subject.startswith("DEMONSTRATION: ")
    assert stamped.body.startswith("DEMONSTRATION")
    assert "DEMONSTRATION" not in letter("please_answer", envelope).body


def test_a_subject_is_one_line_whatever_it_is_given() -> None:
    sent = letter("please_answer", Envelope("7K2M\r\nBcc: x@example.org", "y", "z"))
    assert "\n" not in sent.subject
    assert "\r" not in sent.subject
