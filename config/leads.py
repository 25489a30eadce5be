"""Who leads a child, said plainly: who, since when, who stands in, who comes next (D20, R156)."""

from collections.abc import Iterator

from config.wording import Phrase, Who, Words, day_words, holder, phrase
from statemodel import Case, Person
from statemodel.things import Lead


def leading(case: Case, child: str, words: Words | None = None, who: Who | None = None) -> str:
    """Return "Sam Okoye, since Wed 7 Jan 2026; Jo Brand stands in until …", or "Nobody leads yet".

    Whoever is to lead later stands behind; `who` turns a person's id into a name.
    """
    leads = case.leads(child)
    now = [part for lead in leads if lead.current for part in _now(lead, words, who)]
    then = [_later(lead, words, who) for lead in leads if not lead.current]
    return "; ".join((*(now or [phrase(Phrase.NOBODY_LEADS, words)]), *then))


def _now(lead: Lead, words: Words | None, who: Who | None) -> Iterator[str]:
    name, since = holder(Person(lead.person), words, who), day_words(lead.since)
    if lead.until:
        yield phrase(Phrase.LEADS_UNTIL, words, who=name, day=since, until=day_words(lead.until))
    else:
        yield phrase(Phrase.LEADS_SINCE, words, who=name, day=since)
    if lead.cover and lead.cover_until:
        stands_in = holder(Person(lead.cover), words, who)
        yield phrase(Phrase.STANDS_IN, words, who=stands_in, day=day_words(lead.cover_until))


def _later(lead: Lead, words: Words | None, who: Who | None) -> str:
    name = holder(Person(lead.person), words, who)
    return phrase(Phrase.LEADS_FROM, words, who=name, day=day_words(lead.since))
