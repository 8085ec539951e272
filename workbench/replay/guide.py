"""When a recorded enrolment did what: by this a replay comes to each step at the same instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.journey_steps import Branch, Leave, Send, Split, Wait, WaitFor
from coldframe.domain.pausing import next_for
from coldframe.domain.splitting import share_of
from coldframe.domain.touchpoint import FIELDS_SET, MARKETING_STOPPED, SCORE_GIVEN, short_hash
from workbench.replay.outcome import BY_JOURNEYS, own_part, withheld_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coldframe.domain.journey import Journey, Step
    from coldframe.domain.position import Position
    from workbench.replay.book import Book
    from workbench.replay.past import Past

AT_ONCE: Final = timedelta()
JUST_AFTER: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    enrolment: Enrolment
    acts: Mapping[str, datetime]
    """By what was claimed or withheld."""
    sending: Mapping[str, timedelta]
    """What took how long from its claim until it had gone."""
    told: Mapping[str, datetime]
    """By the own part of the touchpoint's id."""
    others: tuple[datetime, ...] = ()
    """When the lead's other mails were claimed."""

    def at(self, step: Step) -> datetime | None:
        """None: the record doesn't say."""
        if step.claim:
            return self.acts.get(step.claim)
        if isinstance(step.action, Branch):
            because = self.enrolment.because.get(step.id)
            return because.at if because else None
        if isinstance(step.action, Leave):
            return self.enrolment.ended_at
        own = f"{self.enrolment.id}#{step.id}"
        kinds = (FIELDS_SET, SCORE_GIVEN, MARKETING_STOPPED)
        told = (short_hash(BY_JOURNEYS, kind, own) for kind in kinds)
        return next((self.told[each] for each in told if each in self.told), None)

    def next(self, position: Position, journey: Journey) -> datetime | None:
        """When the record came to what happens next, as far as it tells."""
        name, seen = _ahead(position, journey), set[str]()
        while name and name not in seen:
            seen.add(name)
            step = journey.steps[name]
            if isinstance(step.action, Split):
                lead = position.enrolment.lead
                share = share_of(step.action, lead=lead, journey=journey.journey, step=name)
                name = share.to
                continue
            at = self.at(step)
            if at is not None or step.pause is not None or isinstance(step.action, Branch):
                return at
            name = step.next
        return None if name else self.enrolment.ended_at

    def after_others(
        self, position: Position, journey: Journey, due: datetime, latest: datetime
    ) -> datetime:
        """A mail that didn't go when it was due asks after those that did: they took the room."""
        follows = next_for(_ahead(position, journey), journey, position.enrolment.lead)
        if follows is None or not isinstance(follows.action, Send):
            return due
        went = [at for at in self.others if due <= at <= latest]
        return max(went) + JUST_AFTER if went else due


def _ahead(position: Position, journey: Journey) -> str | None:
    stands = journey.steps[position.enrolment.step]
    if not position.paused:
        return stands.id
    if isinstance(stands.pause, WaitFor):
        return stands.pause.otherwise
    return stands.next if isinstance(stands.pause, Wait) else None


def guide_of(enrolment: Enrolment, past: Past, book: Book) -> Guide:
    claimed = {key: claim.at for key, claim in enrolment.claims.items()}
    withheld = withheld_in(enrolment, past.messages, book)
    sent = {each.id: each.sent_at for each in past.messages if each.sent_at}
    return Guide(
        enrolment=enrolment,
        acts={key: each.at for key, each in withheld.items()} | claimed,
        sending={
            key: max(AT_ONCE, sent[claim.message] - claim.at)
            for key, claim in enrolment.claims.items()
            if claim.message in sent
        },
        told={
            own_part(each): each.received_at
            for each in past.touchpoints
            if each.source == BY_JOURNEYS
        },
        others=tuple(
            claim.at
            for each in past.enrolments
            if each.id != enrolment.id
            for claim in each.claims.values()
            if claim.mail in book.mails
        ),
    )
