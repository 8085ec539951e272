"""A lead's gate as it was at any instant, told by its touchpoints and by how it ended up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from coldframe.domain.client_pause import Pause
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.playbook import Client
from coldframe.domain.preferences import Preferences
from coldframe.domain.touchpoint import (
    CONSENT_CONFIRMED,
    EMAIL_BOUNCED,
    EMAIL_COMPLAINED,
    EMAIL_REPLIED,
    PREFERENCES_CHANGED,
    SALES_CONTACTED,
    UNSUBSCRIBED,
    Touchpoint,
)
from workbench.replay.past import Past

HARD: Final = "hard"
BY_REPLY: Final = "reply"
CHOSEN, HELD = "preferences", "held"


class Mark(NamedTuple):
    """From ``since`` on the gate item says so. ``lifts``: what forbade until ``at`` no longer."""

    since: datetime
    about: str
    at: datetime
    lifts: bool = False
    why: str = ""
    chosen: Preferences | None = None


@dataclass(frozen=True, slots=True)
class Gates:
    lead: str
    marks: tuple[Mark, ...]
    pause: Pause | None = None

    def at(self, now: datetime) -> Gate:
        """Counts aside."""
        gate = Gate(lead=self.lead, client_pause=_paused(self.pause, now))
        known = [each for each in self.marks if each.since <= now]
        for prohibition in Prohibition:
            mine = [each for each in known if each.about == prohibition]
            lifted = max((each.at for each in mine if each.lifts), default=None)
            latest = max((each for each in mine if not each.lifts), default=None, key=_at)
            if latest and (lifted is None or latest.at > lifted):
                reasons = {**gate.reasons, prohibition.value: latest.why}
                flag = {f"{prohibition}_at": latest.at}
                gate = replace(gate, reasons=reasons, **flag)  # type: ignore[arg-type]  # its field
        chosen = max((each for each in known if each.chosen), default=None, key=_at)
        held = max((each.at for each in known if each.about == HELD), default=None)
        return replace(gate, preferences=chosen.chosen if chosen else None, held_until=held)


def gates_of(past: Past, client: Client, pause: Pause | None) -> Gates:
    hold = timedelta(seconds=client.replies.hold if client.replies else 0)
    told = [mark for each in past.touchpoints for mark in _told(each, past, hold)]
    return Gates(past.lead, (*told, *_found(past.gate, told, hold)), pause)


def _at(mark: Mark) -> datetime:
    return mark.at


def _told(touchpoint: Touchpoint, past: Past, hold: timedelta) -> Iterator[Mark]:
    since, at, data = touchpoint.received_at, touchpoint.occurred_at, touchpoint.data
    match touchpoint.kind:
        case kind if kind == UNSUBSCRIBED:
            yield Mark(since, Prohibition.UNSUBSCRIBED, at, why=str(data.get("why", "")))
        case kind if kind == EMAIL_COMPLAINED:
            yield Mark(since, Prohibition.COMPLAINED, at)
        case kind if kind == EMAIL_BOUNCED and data.get("type") == HARD:
            yield Mark(since, Prohibition.BOUNCED, at)
        case kind if kind == PREFERENCES_CHANGED:
            yield Mark(since, CHOSEN, at, chosen=_chosen(touchpoint))
            if data.get("on"):
                yield Mark(since, Prohibition.UNSUBSCRIBED, at, lifts=True)
        case kind if kind == CONSENT_CONFIRMED:
            posts = (each.occurred_at for each in past.touchpoints if each.id == data.get("post"))
            yield Mark(since, Prohibition.UNSUBSCRIBED, next(posts, at), lifts=True)
        case kind if kind in {EMAIL_REPLIED, SALES_CONTACTED} and not _stops(touchpoint, past):
            yield Mark(since, HELD, since + hold)


def _stops(reply: Touchpoint, past: Past) -> bool:
    """An answer that asks to stop holds nothing: it ends the mails."""
    return any(
        each.kind == UNSUBSCRIBED
        and each.source == BY_REPLY
        and each.received_at == reply.received_at
        for each in past.touchpoints
    )


def _chosen(touchpoint: Touchpoint) -> Preferences:
    paused = touchpoint.data.get("paused_until")
    return Preferences(
        at=touchpoint.occurred_at,
        off=tuple(touchpoint.data.get("off") or ()),
        paused_until=datetime.fromisoformat(paused) if paused else None,
        a_week=touchpoint.data.get("a_week") or None,
    )


def _found(gate: Gate, told: list[Mark], hold: timedelta) -> Iterator[Mark]:
    """What the gate itself says and no touchpoint does."""
    known = {(each.about, each.at) for each in told}
    for prohibition in Prohibition:
        at, lifted = getattr(gate, f"{prohibition}_at"), gate.lifted.get(prohibition.value)
        if at and (prohibition, at) not in known:
            yield Mark(at, prohibition, at, why=gate.reasons.get(prohibition.value, ""))
        if lifted:
            yield Mark(lifted, prohibition, lifted, lifts=True)
    if gate.preferences and (CHOSEN, gate.preferences.at) not in known:
        yield Mark(gate.preferences.at, CHOSEN, gate.preferences.at, chosen=gate.preferences)
    if gate.held_until and not any(each.about == HELD for each in told):
        yield Mark(gate.held_until - hold, HELD, gate.held_until)


def _paused(pause: Pause | None, now: datetime) -> Pause | None:
    """As it was known then."""
    if pause is None or pause.since > now:
        return None
    ended = pause.resumed_at is not None and pause.resumed_at <= now
    return pause if ended else replace(pause, resumed_at=None)
