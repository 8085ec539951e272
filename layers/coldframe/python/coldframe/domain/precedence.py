"""Of two journeys whose mails meet at a cap, the more important one's goes; the other gives way.

How far ahead is known: a mail that waits at its step, and one behind a plain wait that has begun.
What an event or a branch decides first is not known, and nobody gives way to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from coldframe.domain.caps import Counting, counted, full
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.journey_steps import Send, Wait
from coldframe.domain.message import MailKind
from coldframe.domain.pausing import next_for, wait_ends

if TYPE_CHECKING:
    from coldframe.domain.gate import Gate
    from coldframe.domain.journey import Journey, Step
    from coldframe.domain.playbook import CapRule, Client, Mail
    from coldframe.domain.profile import Profile

HORIZON: Final = timedelta(days=2)
"""Nobody waits for what comes later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A mail of a more important journey, to the same lead."""

    at: datetime
    what: Counting
    journey: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivesWay:
    until: datetime
    journey: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """What of the playbook and the lead is asked."""

    profile: Profile
    client: Client
    journey: Callable[[str], Journey]
    mail: Callable[[str], Mail]
    passed: Callable[[Enrolment, str], bool] = lambda _enrolment, _claim: False
    """Whether that claim's mail was refused for good: nobody gives way to it."""

    def before(
        self, below: Journey, enrolments: Iterable[Enrolment], *, now: datetime
    ) -> tuple[Due, ...]:
        """Soonest first; of journeys above this one alone."""
        open_ones = (each for each in enrolments if each.status is EnrolmentStatus.OPEN)
        found = (self._next(each, below, now) for each in open_ones if each.journey)
        soon = (each for each in found if each and each.at < now + HORIZON)
        return tuple(sorted(soon, key=lambda each: (each.at, each.journey)))

    def _next(self, enrolment: Enrolment, below: Journey, now: datetime) -> Due | None:
        try:
            journey = self.journey(enrolment.journey)
        except KeyError:
            return None
        step = journey.steps.get(enrolment.step or journey.first)
        if step is None or journey.priority <= below.priority:
            return None
        for follows, at in self._ahead(enrolment, journey, step):
            if isinstance(follows.action, Send) and self._is_to_come(enrolment, follows):
                mail = self.mail(follows.action.mail)
                if mail.kind is not MailKind.REQUESTED:
                    what = Counting(kind=mail.kind, topic=mail.topic or "")
                    return Due(at=max(at, now), what=what, journey=journey.journey)
        return None

    def _is_to_come(self, enrolment: Enrolment, step: Step) -> bool:
        return step.claim not in enrolment.claims and not self.passed(enrolment, step.claim)

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


def gives_way(
    gate: Gate,
    caps: tuple[CapRule, ...],
    what: Counting,
    ahead: Iterable[Due],
    *,
    now: datetime,
    zone: tzinfo,
) -> GivesWay | None:
    """Whether this mail would take the room of one that is more important; and until when."""
    with_it, without = counted(gate, caps, what, now=now), gate
    for due in ahead:
        if full(without, caps, due.what, now=due.at, zone=zone):
            continue
        if full(with_it, caps, due.what, now=due.at, zone=zone):
            after = counted(without, caps, due.what, now=due.at)
            room = full(after, caps, what, now=due.at, zone=zone)
            return GivesWay(until=room.until if room else due.at, journey=due.journey)
        with_it = counted(with_it, caps, due.what, now=due.at)
        without = counted(without, caps, due.what, now=due.at)
    return None
