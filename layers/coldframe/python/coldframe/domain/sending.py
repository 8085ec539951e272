"""May this mail go to this lead now? The questions, in their one order, in one room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from coldframe.domain.caps import Counting, all_caps, full
from coldframe.domain.client_pause import asks_again, over
from coldframe.domain.erasure import is_gone
from coldframe.domain.gate import Gate, prohibition, refused_request
from coldframe.domain.journey import STOPPED, Journey
from coldframe.domain.known_facts import facts_of, lead_zone
from coldframe.domain.limits import MAILS
from coldframe.domain.local_time import local_date
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Client
from coldframe.domain.profile import Profile
from coldframe.domain.sending_hours import (
    AT_ONCE,
    allowed_from,
    hours_of,
    objection,
    spread_within,
)
from coldframe.domain.sunset import SUNSET, sunset_at
from coldframe.domain.surge import held

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.giving_way import Due

HELD = "replied"
"""Why a mail waits while the lead talks with a person."""


CAPPED = "capped"
GIVES_WAY = "gives_way"
"""Why a mail waits for one of a more important journey, which would find no room after it."""
PATIENCE = timedelta(days=7)
"""A mail that has waited for so long gives way no more."""
DROP = "drop"
PAUSED = "paused_by_lead"
"""Why a mail waits for the day that the lead named."""
EXPIRED = "expired"
"""Why a mail isn't sent any more: what it tells of is over."""


class Word(StrEnum):
    GO = "go"
    NOT_YET = "not_yet"
    REFUSED = "refused"
    """Not this mail; the journey goes on."""
    FORBIDDEN = "forbidden"
    """No mail any more; the journey ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    word: Word
    why: str = ""
    until: datetime | None = None
    detail: str = ""
    """Which rule it is that says so."""


GO = Answer(word=Word.GO)


def may_send(  # noqa: PLR0911 - a line per question, in their order
    kind: MailKind,
    *,
    topic: str | None,
    gate: Gate,
    profile: Profile | None,
    client: Client,
    requested_at: datetime,
    now: datetime,
    already_counted: bool = False,
    valid_until: str = "",
    journey: Journey | None = None,
    when_capped: str = "",
    held_out: bool = False,
    spread: timedelta = AT_ONCE,
    due_since: datetime | None = None,
    channel: str = MAILS,
    facts: Callable[[], Facts] | None = None,
    ahead: Callable[[], Sequence[Due]] | None = None,
) -> Answer:
    """Suppressed? A surge? Consented? With sales? Held? Capped? Quiet hours? The first counts.

    ``already_counted``: the mail's claim is taken, so the caps have had their say.
    ``when_capped``: what becomes of it where there is no room; unsaid: what its journey says.
    ``held_out``: the lead is in a holdout of the journey, and gets what it asked for only.
    ``spread``: the lead's own, after an instant that many leads are put off to.
    ``due_since``: when the mail was due first; None: just now.
    ``ahead``: mails of more important journeys that are due soon; None: there are none.
    ``facts``: the lead's, for caps that hold under a condition; None: facts of its profile.
    """
    if kind is MailKind.NOTICE:
        return GO
    if forbidden := prohibition(gate, kind, requested_at=requested_at):
        return Answer(word=Word.FORBIDDEN, why=forbidden.value)
    if profile is None or is_gone(profile):
        return Answer(word=Word.REFUSED, why="no_profile")
    if of_a_surge := held(gate.surges, profile, due_since=due_since or now, now=now):
        word = Word.NOT_YET if of_a_surge.until else Word.FORBIDDEN
        return Answer(word=word, why=of_a_surge.why, until=of_a_surge.until)
    refused = _over(journey, valid_until, now)
    if kind is MailKind.REQUESTED and not already_counted:
        refused = refused or refused_request(gate, now=now)
    if kind is MailKind.REQUESTED and not refused:
        return GO
    if refused := refused or _unwanted(topic, gate, profile, held_out=held_out):
        word = Word.FORBIDDEN if refused == SUNSET else Word.REFUSED
        return Answer(word=word, why=refused)
    when = _When(
        gate=gate,
        profile=profile,
        client=client,
        journey=journey,
        spread=spread,
        what=Counting(kind=kind, topic=topic or "", channel=channel),
        facts=facts or partial(facts_of, profile, client=client),
        drops=(when_capped or (journey.when_capped if journey else "")) == DROP,
        ahead=ahead if now - (due_since or now) < PATIENCE else None,
    )
    paused = _paused(gate, now, due_since or now)
    return paused or when.answer(now, already_counted=already_counted)


def _paused(gate: Gate, now: datetime, due_since: datetime) -> Answer | None:
    if gate.client_pause is None:
        return None
    if over(gate.client_pause, due_since=due_since, now=now):
        return Answer(word=Word.REFUSED, why="paused_too_long")
    until = asks_again(gate.client_pause, due_since=due_since, now=now, lead=gate.lead)
    return Answer(word=Word.NOT_YET, why="paused", until=until) if until else None


def _over(journey: Journey | None, valid_until: str, now: datetime) -> str:
    """Why the mail isn't sent any more, asked for or not; empty: it may be."""
    if journey and journey.status == STOPPED:
        return "journey_stopped"
    return EXPIRED if valid_until and now >= datetime.fromisoformat(valid_until) else ""


def _unwanted(topic: str | None, gate: Gate, profile: Profile, *, held_out: bool) -> str:
    """Why no marketing of this topic goes to the lead at all; empty: it may."""
    if sunset_at(profile):
        return SUNSET
    consent = profile.consents.get(topic or "")
    if consent is None:
        return "no_consent"
    if gate.preferences and not gate.preferences.wants(topic, since=consent.at):
        return "topic_off"
    if gate.with_sales_at:
        return "with_sales"
    return "holdout" if held_out else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _When:
    """What may put a mail off."""

    gate: Gate
    profile: Profile
    client: Client
    journey: Journey | None
    spread: timedelta
    what: Counting
    facts: Callable[[], Facts]
    drops: bool
    """It isn't put off where there is no room."""
    ahead: Callable[[], Sequence[Due]] | None

    def answer(self, now: datetime, *, already_counted: bool) -> Answer:
        """A hold that ends capped, or a cap in quiet hours, ends with them: put off once."""
        hours, held = hours_of(self.client, self.journey, self.profile), self._held_until(now)
        if hours.always and not all_caps(self.gate, self.client.caps) and not held:
            return GO
        zone = lead_zone(self.profile, self.client)
        free = held or now
        capped = None if already_counted else self._no_room(free, zone)
        if capped and not held and self.drops:
            return Answer(word=Word.REFUSED, why=capped.why, detail=capped.detail)
        start = capped.until if capped and capped.until else free
        until = allowed_from(start, hours=hours, zone=zone, spread=self.spread)
        shut = objection(start, hours, zone) if until > start else ""
        if not held and not capped and not shut:
            return GO
        if capped and not shut:
            until = spread_within(until, self.spread, hours=hours, zone=zone)
        if capped and not held:
            return replace(capped, until=until)
        if held:
            return Answer(word=Word.NOT_YET, why=self._why_held(held), until=until)
        day = hours.days.name(local_date(start, zone)) if hours.days else ""
        return Answer(word=Word.NOT_YET, why=shut, until=until, detail=day)

    def _no_room(self, at: datetime, zone: tzinfo) -> Answer | None:
        """A rule is full, or would be for a mail that is more important."""
        caps = all_caps(self.gate, self.client.caps)
        capped = full(self.gate, self.client.caps, self.what, now=at, zone=zone, facts=self.facts)
        if capped:
            until, rule = capped.until, capped.rule.words
            return Answer(word=Word.NOT_YET, why=CAPPED, until=until, detail=rule)
        if not self.ahead or not caps:
            return None
        from coldframe.domain.giving_way import gives_way

        caps, ahead = self.client.caps, self.ahead()
        yields = gives_way(self.gate, caps, self.what, ahead, now=at, zone=zone, facts=self.facts)
        if yields is None:
            return None
        until = yields.until
        return Answer(word=Word.NOT_YET, why=GIVES_WAY, until=until, detail=yields.journey)

    def _held_until(self, now: datetime) -> datetime | None:
        chosen = self.gate.preferences
        ends = (self.gate.held_until, chosen.paused_until if chosen else None)
        return max((end for end in ends if end and end > now), default=None)

    def _why_held(self, until: datetime) -> str:
        return HELD if until == self.gate.held_until else PAUSED
