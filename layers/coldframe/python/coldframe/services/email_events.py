"""What SES tells of our mails: facts on the message, prohibitions, touchpoints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.bouncing import SOFT_RUN, last_delivery, shut_by_soft_bounces
from coldframe.domain.email_event import Bounce, EmailEvent, EmailEventKind
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import (
    EMAIL_BOUNCED,
    EMAIL_COMPLAINED,
    EMAIL_OPENED,
    LINK_FOLLOWED,
    UNSUBSCRIBED,
    Touchpoint,
    record,
)

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, EmailEvents, Gates, Touchpoints


K = EmailEventKind
FACTS = frozenset({K.SENT, K.DELIVERED, K.DELAYED, K.REJECTED, K.BOUNCED, K.COMPLAINED})
WITH_REASON = frozenset({K.DELAYED, K.REJECTED, K.BOUNCED, K.COMPLAINED})
TOUCHPOINTS = {
    K.OPENED: EMAIL_OPENED,
    K.CLICKED: LINK_FOLLOWED,
    K.BOUNCED: EMAIL_BOUNCED,
    K.COMPLAINED: EMAIL_COMPLAINED,
    K.UNSUBSCRIBED: UNSUBSCRIBED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailEventRecording:
    messages: EmailEvents
    gates: Gates
    touchpoints: Touchpoints
    clock: Clock

    def __call__(self, events: Sequence[EmailEvent]) -> Mapping[str, Exception]:
        """What could not be recorded, by event id: deliver those again; the rest is done.

        One write per message for its facts, however many of them the batch holds.
        """
        failed: dict[str, Exception] = {}
        for of_message in _by_message(events):
            try:
                self._record(of_message)
            except Exception as error:  # noqa: BLE001 - one message's events hold up no other's
                failed |= {event.id: error for event in of_message}
        return {**failed, **self._recover([event for event in events if event.id not in failed])}

    def _record(self, events: Sequence[EmailEvent]) -> None:
        """The gate before all else: from then on no mail is claimed."""
        of_lead = [event for event in events if not event.of_notice]
        for event in of_lead:
            if prohibition := _prohibition(event):
                self.gates.forbid(
                    event.lead, prohibition, event.at, event.why, mailed_at=event.mailed_at
                )
        for event in of_lead:
            if event.kind in TOUCHPOINTS:
                self.touchpoints.append(self._touchpoint(event))
        if facts := _facts(events):
            self.messages.update(events[0].lead, events[0].message, facts)
        if any(event.kind is K.BOUNCED and event.bounce is Bounce.SOFT for event in of_lead):
            self._count_soft_bounces(of_lead[0].lead)

    def _count_soft_bounces(self, lead: str) -> None:
        """By the facts as they stand now, this one's included: nobody keeps a counter.

        They are asked again once the gate is shut: a delivery that was written meanwhile has
        found it open.
        """
        at = shut_by_soft_bounces(self.messages.of(lead))
        if at is None:
            return
        self.gates.forbid(lead, Prohibition.BOUNCED, at, SOFT_RUN)
        again = self.messages.of(lead)
        alive = last_delivery(again)
        if alive and shut_by_soft_bounces(again) is None:
            self.gates.lift(lead, Prohibition.BOUNCED, alive)

    def _recover(self, events: Iterable[EmailEvent]) -> Mapping[str, Exception]:
        """A delivery proves that an address takes mail: what bounced before it no longer counts."""
        delivered = {
            event.lead: event
            for event in sorted(events, key=lambda each: each.at)
            if _proves_alive(event)
        }
        if not delivered:
            return {}
        try:
            for lead, gate in self.gates.of(delivered).items():
                self._lift(lead, gate, delivered[lead])
        except Exception as error:  # noqa: BLE001 - facts are written; the deliveries come again
            return {event.id: error for event in delivered.values()}
        return {}

    def _lift(self, lead: str, gate: Gate, delivery: EmailEvent) -> None:
        """Soft bounces after the delivery may make a row of their own."""
        if gate.bounced_at and delivery.at > gate.bounced_at:
            mailed_at = delivery.mailed_at
            self.gates.lift(lead, Prohibition.BOUNCED, delivery.at, mailed_at=mailed_at)
            self._count_soft_bounces(lead)

    def _touchpoint(self, event: EmailEvent) -> Touchpoint:
        return record(
            lead=event.lead,
            kind=TOUCHPOINTS[event.kind],
            source="ses",
            received_at=self.clock.now(),
            occurred_at=event.at,
            data=_data(event),
            own_id=event.id,
        )


def _by_message(events: Sequence[EmailEvent]) -> Iterator[Sequence[EmailEvent]]:
    groups: dict[tuple[str, str], list[EmailEvent]] = {}
    for event in events:
        groups.setdefault((event.lead, event.message), []).append(event)
    yield from groups.values()


def _proves_alive(event: EmailEvent) -> bool:
    return event.kind is K.DELIVERED and not event.of_notice


def _prohibition(event: EmailEvent) -> Prohibition | None:
    if event.kind is K.COMPLAINED:
        return Prohibition.COMPLAINED
    if event.kind is K.UNSUBSCRIBED:
        return Prohibition.UNSUBSCRIBED
    if event.kind is K.BOUNCED and event.bounce is Bounce.HARD:
        return Prohibition.BOUNCED
    return None


def _data(event: EmailEvent) -> dict[str, object]:
    match event.kind:
        case K.OPENED:
            told: dict[str, object] = {
                "agent": event.agent,
                "is_bot": event.is_bot,
                "network": event.network,
            }
        case K.CLICKED:
            told = {
                "link": -1 if event.link is None else event.link,
                "target": event.target,
                "agent": event.agent,
                "is_bot": event.is_bot,
                "network": event.network,
            }
        case K.BOUNCED:
            told = {"type": event.bounce.value, "detail": event.why}
        case _:
            told = {"detail": event.detail}
    return {"message": event.message, "mail": event.mail, **told}


def _facts(events: Sequence[EmailEvent]) -> dict[str, str]:
    """``<kind>_at`` → the earliest instant told of; the message keeps each fact's first."""
    facts: dict[str, str] = {}
    for event in sorted(events, key=lambda each: each.at):
        if event.kind not in FACTS or f"{event.kind}_at" in facts:
            continue
        facts[f"{event.kind}_at"] = text_of(event.at)
        if event.kind is K.BOUNCED:
            facts["bounce"] = event.bounce.value
        if event.kind in WITH_REASON and event.why:
            facts[f"{event.kind}_why"] = event.why
    return facts
