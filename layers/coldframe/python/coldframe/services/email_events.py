"""What SES tells of our mails: facts on the message, prohibitions, touchpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.gate import Prohibition
from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import (
    EMAIL_BOUNCED,
    EMAIL_COMPLAINED,
    EMAIL_OPENED,
    LINK_FOLLOWED,
    Touchpoint,
    record,
)

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, EmailEvents, Gates, Touchpoints


FACTS = frozenset(EmailEventKind) - {EmailEventKind.OPENED, EmailEventKind.CLICKED}
TOUCHPOINTS = {
    EmailEventKind.OPENED: EMAIL_OPENED,
    EmailEventKind.CLICKED: LINK_FOLLOWED,
    EmailEventKind.BOUNCED: EMAIL_BOUNCED,
    EmailEventKind.COMPLAINED: EMAIL_COMPLAINED,
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
        return failed

    def _record(self, events: Sequence[EmailEvent]) -> None:
        """The gate before all else: from then on no mail is claimed."""
        of_lead = [event for event in events if not event.of_notice]
        for event in of_lead:
            if prohibition := _prohibition(event):
                self.gates.forbid(event.lead, prohibition, event.at)
        for event in of_lead:
            if event.kind in TOUCHPOINTS:
                self.touchpoints.append(self._touchpoint(event))
        if facts := _facts(events):
            self.messages.update(events[0].lead, events[0].message, facts)

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


def _prohibition(event: EmailEvent) -> Prohibition | None:
    if event.kind is EmailEventKind.COMPLAINED:
        return Prohibition.COMPLAINED
    if event.kind is EmailEventKind.BOUNCED and event.hard:
        return Prohibition.BOUNCED
    return None


def _data(event: EmailEvent) -> dict[str, object]:
    match event.kind:
        case EmailEventKind.OPENED:
            told: dict[str, object] = {"agent": event.agent, "is_bot": event.is_bot}
        case EmailEventKind.CLICKED:
            told = {
                "link": -1 if event.link is None else event.link,
                "target": event.target,
                "agent": event.agent,
                "is_bot": event.is_bot,
            }
        case EmailEventKind.BOUNCED:
            told = {"type": "hard" if event.hard else "soft", "detail": event.detail}
        case _:
            told = {"detail": event.detail}
    return {"message": event.message, "mail": event.mail, **told}


def _facts(events: Sequence[EmailEvent]) -> dict[str, str]:
    """``<kind>_at`` → the earliest instant told of; the message keeps each fact's first."""
    facts: dict[str, str] = {}
    for event in sorted(events, key=lambda each: each.at):
        if event.kind in FACTS:
            facts.setdefault(f"{event.kind}_at", text_of(event.at))
    return facts
