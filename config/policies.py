"""Policy packs: an authority's choices, checked whole, frozen, and explained in English."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from config.policy_files import (
    DEFAULT,
    HISTORY,
    Finding,
    PolicyError,
    Written,
    read_pack,
    shipped_packs,
)
from config.policy_models import (
    ClocksTable,
    PackFile,
    SafetyTable,
    Sourced,
    period,
)
from config.raised import MAY_BE_RAISED
from config.statement import CHOICE_SENTENCES, CLOCK_SENTENCES, CONTACTS, TERMS_TOLD
from statemodel.plain import canonical, plain
from statemodel.policy import Clocks, Pack, SafetyContacts
from statemodel.working_days import Unit

__all__ = [
    "Finding",
    "PolicyError",
    "check_pack",
    "explain_pack",
    "load_pack",
    "shipped_packs",
    "words_of",
]

LARGEST_PACK: Final = 16 * 1024
LONGEST_CONCERN: Final = 8  # hours: the same day, by the clock (practice D1)
RULE_NUMBER: Final = re.compile(r", R[0-9]+\b(?:[–-]R[0-9]+)?")
# Numbers that Ofcom keeps for drama: whoever rings one in earnest reaches nobody.
NOBODYS: Final = re.compile(
    r"01632\s?960|0113\s?496\s?0|020\s?7946\s?0|07700\s?900|0808\s?157\s?0|03069\s?990"
)


def load_pack(name_or_path: str | Path) -> Pack:
    """Return the resolved pack of a file, or of a shipped one by name (decision 9).

    `live` holds only where `check_pack(…, live=True)` finds nothing. Raises PolicyError.
    """
    written = read_pack(name_or_path)
    return resolve(written.policy, live=not any(live_findings(written)))


def check_pack(name_or_path: str | Path, *, live: bool) -> tuple[Finding, ...]:
    """Return everything wrong with a policy file at once; `live` asks what real families need."""
    try:
        written = read_pack(name_or_path)
    except PolicyError as error:
        return error.findings
    return tuple(live_findings(written)) if live else ()


def explain_pack(name_or_path: str | Path, *, rules: bool = True) -> str:
    """Return the policy as a numbered statement, each value with its source and whose it is.

    Without `rules` the sources name no rule numbers: a board reads words. Raises PolicyError.
    """
    written = read_pack(name_or_path)
    policy = written.policy
    since, checked = (f"{day:%-d %B %Y}" for day in (policy.in_force_from, policy.checked_on))
    dates = f"In force from {since}. Checked on {checked} against {policy.checked_against}."
    lines = (f"{number}. {line}" for number, line in enumerate(_statements(written), start=1))
    gaps = tuple(live_findings(written))
    foot = ("", "Before live use:", *(f"- {gap.key} {gap.says}; {gap.remedy}" for gap in gaps))
    told = "\n".join((policy.title, dates, "", *lines, *(foot if gaps else ())))
    return told if rules else RULE_NUMBER.sub("", told)


def _statements(written: Written) -> Iterator[str]:
    policy, yours = written.policy, _whose(written)
    for name, sentence in CLOCK_SENTENCES.items():
        clock = getattr(policy.clocks, name)
        told = sentence.format(clock.value.removesuffix(" before"))
        yield told + _sourced(clock, yours(f"clocks.{name}"))
    for name, sentences in CHOICE_SENTENCES.items():
        choice = getattr(policy.choices, name)
        yield sentences[str(choice.value)] + _sourced(choice, yours(f"choices.{name}"))
    raised = policy.choices.raised
    yield _raised(raised.value) + _sourced(raised, yours("choices.raised"))
    for name, contact in (policy.safety.model_dump() if policy.safety else {}).items():
        yield f"{CONTACTS[name]}: {contact} [{yours(f'safety.{name}')}]"
    for name, word in policy.words.model_dump().items():
        yield f"{TERMS_TOLD[name]}, we say “{word}” [{yours(f'words.{name}')}]"


def _whose(written: Written) -> Callable[[str], str]:
    """A value is yours when your own file gives it, Baton's default where the default pack does."""
    own = "this policy's own" if written.shipped else "yours"
    all_default = written.policy.id == DEFAULT
    beneath = "default" if written.policy.extends != HISTORY else f"as in {HISTORY}"
    return lambda key: beneath if all_default or key in written.inherited else own


def _sourced(value: Sourced, whose: str) -> str:
    doubt = f" To confirm: {value.doubtful}" if value.doubtful else ""
    return f" [{whose}; source: {value.source}]{doubt}"


def _raised(codes: tuple[str, ...]) -> str:
    if not codes:
        return "What is only recommended asks for a reason and stops nobody."
    told = "; ".join(MAY_BE_RAISED[code] for code in codes)
    return f"These stop what is asked, where elsewhere they only ask why: {told}."


def words_of(name_or_path: str | Path) -> dict[str, str]:
    """Return the local words of a pack (R407); england-default's where it can't be read."""
    try:
        return dict(_words(name_or_path))
    except PolicyError:
        return dict(_words("england-default"))


@cache
def _words(name_or_path: str | Path) -> dict[str, str]:
    words: dict[str, str] = read_pack(name_or_path).policy.words.model_dump()
    return words


def resolve(policy: PackFile, *, live: bool) -> Pack:
    """Return the frozen value a case carries; its hash is over everything else in it."""
    clocks = {
        field.name: period(getattr(policy.clocks, field.name).value) for field in fields(Clocks)
    }
    pack = Pack(
        id=policy.id,
        hash="",
        nation=policy.nation,
        live=live,
        authority=policy.authority,
        clocks=Clocks(**clocks),
        safety=_contacts(policy.safety) if policy.safety else None,
        silence=policy.choices.silence.value,
        raised=policy.choices.raised.value,
        landing=policy.choices.landing.value,
        arbiter_binds_all=policy.choices.arbiter_binds_all.value,
        order=policy.choices.order.value,
        triage=policy.choices.triage.value,
        assessor_leads=policy.choices.assessor_leads.value,
        forms=policy.choices.forms.value,
    )
    text = canonical(plain(pack))
    assert len(text) <= LARGEST_PACK, "every text in a pack is bounded, so the whole is"
    return replace(pack, hash=sha256(text).hexdigest())


def live_findings(written: Written) -> Iterator[Finding]:
    """Yield what stands between a readable pack and real families (practice D2, D29, D45)."""
    file, policy = written.file, written.policy
    if policy.use != "live":
        yield Finding(
            file, "use", f"says {policy.use}: not for live use", "write a pack of your own"
        )
    if policy.nation != "England":
        says = f"no law for {policy.nation} yet"
        yield Finding(file, "nation", says, "Baton may be used live in England only")
    if policy.authority == "unnamed":
        yield Finding(file, "authority", "is not given", "write your authority's short name")
    yield from _safety_findings(file, policy.safety)
    yield from _clock_findings(file, policy.clocks)


def _clock_findings(file: str, clocks: ClocksTable) -> Iterator[Finding]:
    for field in fields(Clocks):
        if period(getattr(clocks, field.name).value).unit is Unit.MINUTES:
            says = "counts in minutes, a rehearsal's pace"
            yield Finding(file, f"clocks.{field.name}", says, "write hours or working days")
    concern = period(clocks.concern.value)
    if concern.unit is not Unit.HOURS or concern.amount > LONGEST_CONCERN:
        says = "leaves a child waiting overnight or longer"
        yield Finding(file, "clocks.concern", says, f"write at most {LONGEST_CONCERN} hours")


def _safety_findings(file: str, safety: SafetyTable | None) -> Iterator[Finding]:
    for name in SafetyTable.model_fields:
        key, text = f"safety.{name}", getattr(safety, name, None)
        if text is None:
            says = "is missing; nobody may be left waiting for a system"
            yield Finding(file, key, says, f"add {name} under [safety]")
        elif NOBODYS.search(text):
            yield Finding(file, key, "is a number kept for drama", "write one that is answered")
        elif name != "front_door_hours" and sum(map(str.isdigit, text)) < 3:
            yield Finding(file, key, "holds no telephone number", "write the number to ring")


def _contacts(safety: SafetyTable) -> SafetyContacts:
    front_door = f"{safety.front_door} ({safety.front_door_hours})"
    return SafetyContacts(front_door, safety.out_of_hours, safety.lado)
