"""Which more important mails a lead is about to get: whoever they leave no room gives way.

How far ahead is known: a mail that waits at its step, one behind a plain wait that has begun, and
a broadcast's next instants. What an event or a branch decides first is not known, and nobody gives
way to it; nor to a mail that can't go itself within two days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.caps import Counting
from coldframe.domain.cron import firings
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, message_id, recipient_id
from coldframe.domain.giving_way import Due
from coldframe.domain.journey import STOPPED
from coldframe.domain.journey_steps import Send, Wait
from coldframe.domain.known_facts import lead_zone
from coldframe.domain.local_time import spread
from coldframe.domain.message import SETTLED, MailKind
from coldframe.domain.pausing import next_for, wait_ends
from coldframe.domain.sending_hours import AT_ONCE, allowed_from, hours_of
from coldframe.domain.splitting import held_out

if TYPE_CHECKING:
    from coldframe.domain.journey import Journey, Step
    from coldframe.domain.message import Message
    from coldframe.domain.playbook import Broadcast, Client, Mail
    from coldframe.domain.profile import Profile

HORIZON: Final = timedelta(days=2)
"""Nobody waits for what comes later."""
STILL_GOING: Final = timedelta(days=1)
"""So long after its instant a broadcast may yet come to a lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """How important a mail is, and which broadcasts are more so."""

    priority: int
    broadcasts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    mail: Mail
    topic: str
    message: str
    at: datetime
    """When it is due, whatever may hold it up."""
    of: str
    """The journey, or the broadcast."""
    journey: Journey | None = None
    step: str = ""


def _nothing_known(_message: str) -> Message | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """What of the playbook and the lead is asked."""

    profile: Profile
    client: Client
    journey: Callable[[str], Journey]
    mail: Callable[[str], Mail]
    broadcast: Callable[[str], Broadcast]
    message: Callable[[str], Message | None] = _nothing_known
    """What is on record of it: nobody gives way to what was refused for good, and what was put off
    comes when it was put off to."""

    def before(
        self, below: Rank, enrolments: Sequence[Enrolment], *, now: datetime
    ) -> tuple[Due, ...]:
        """Soonest first; what outranks this one alone."""
        had = {each.id for each in enrolments}
        open_ones = (each for each in enrolments if each.status is EnrolmentStatus.OPEN)
        steps = (self._of_journey(each, below, now) for each in open_ones if each.journey)
        letters = (each for name in below.broadcasts for each in self._letters(name, had, now))
        soon = (each for each in (*steps, *letters) if each and each.at < now + HORIZON)
        return tuple(sorted(soon, key=lambda each: (each.at, each.journey)))

    def _of_journey(self, enrolment: Enrolment, below: Rank, now: datetime) -> Due | None:
        try:
            journey = self.journey(enrolment.journey)
        except KeyError:
            return None
        step = journey.steps.get(enrolment.step or journey.first)
        if step is None or journey.priority <= below.priority or journey.status == STOPPED:
            return None
        candidates = self._candidates(enrolment, journey, step)
        return next((due for each in candidates if (due := self._due(each, now))), None)

    def _candidates(
        self, enrolment: Enrolment, journey: Journey, step: Step
    ) -> Iterator[_Candidate]:
        for follows, at in self._ahead(enrolment, journey, step):
            taken = follows.claim in enrolment.claims
            if not isinstance(follows.action, Send) or taken:
                continue
            if not held_out(follows, journey=journey, lead=enrolment.lead):
                mail = self.mail(follows.action.mail)
                yield _Candidate(
                    mail=mail,
                    topic=mail.topic or "",
                    message=message_id(enrolment.id, follows.claim),
                    at=at,
                    of=journey.journey,
                    journey=journey,
                    step=follows.id,
                )

    def _due(self, one: _Candidate, now: datetime) -> Due | None:
        """When it can go; None: it won't, or counts under no cap."""
        if one.mail.kind is MailKind.REQUESTED or one.topic not in self.profile.consents:
            return None
        known = self.message(one.message)
        if known is not None and known.state in SETTLED:
            return None
        put_off = known.until if known and known.until else now
        at = allowed_from(
            max(one.at, now, put_off),
            hours=hours_of(self.client, one.journey, self.profile),
            zone=lead_zone(self.profile, self.client),
            spread=spread(self.profile.lead, one.step) if one.step else AT_ONCE,
        )
        if one.mail.valid_until and at >= datetime.fromisoformat(one.mail.valid_until):
            return None
        return Due(at=at, what=Counting(kind=one.mail.kind, topic=one.topic), journey=one.of)

    def _letters(self, name: str, had: set[str], now: datetime) -> Iterator[Due | None]:
        """Of a broadcast whose instants are near, if the lead had (or has) consented by then.

        Who came after an instant is hardly written to any more, and waits for nothing.
        """
        letter = self.broadcast(name)
        consent = self.profile.consents.get(letter.topic)
        if consent is None or not letter.schedule:
            return
        zone, after = lead_zone(None, self.client), now - STILL_GOING
        for at in firings(letter.schedule, zone, after=after, before=now + HORIZON):
            occurrence = recipient_id(name, at, self.profile.lead)
            if occurrence not in had and consent.at <= at:
                one = _Candidate(
                    mail=self.mail(letter.mail),
                    topic=letter.topic,
                    message=message_id(occurrence, letter.mail),
                    at=at,
                    of=name,
                )
                yield self._due(one, now)

    def _ahead(
        self, enrolment: Enrolment, journey: Journey, step: Step
    ) -> Iterator[tuple[Step, datetime]]:
        yield step, enrolment.since
        wait = step.pause
        if not isinstance(wait, Wait) or wait.computed is not None:
            return
        claim = enrolment.claims.get(step.claim)
        follows = next_for(step.next, journey, enrolment.lead)
        ends = wait_ends(
            wait,
            step=step,
            journey=journey,
            client=self.client,
            profile=self.profile,
            lead=enrolment.lead,
            since=claim.at if claim else enrolment.since,
            mail=self.mail,
        )
        if follows is not None and ends.at is not None:
            yield follows, ends.at
