"""How probably a person was at work: what speaks against it, each with its weight."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from coldframe.domain import agents
from coldframe.domain.message import TRAP, Message

AT_ONCE = timedelta(seconds=2)
"""Two links within this, or one within this of delivery, is no person."""
SOON = timedelta(seconds=10)
"""So soon after delivery most people have not yet seen that there is a mail."""
RATTLE = timedelta(seconds=1)
"""More than two events within this are no person either, whichever links they are of."""
HALF: Final = 0.5
"""From this probability on, it counts as a person."""


class Reason(StrEnum):
    """What speaks against a person; kept with the number, in these words."""

    TRAPPED = "trap_link"
    BOT_EVENT = "ses_says_bot"
    AGENT = "agent_is_no_browser"
    HEAD = "asked_for_headers_only"
    SCANNER = "network_of_a_scanner"
    DATACENTRE = "network_of_a_datacentre"
    TWO_AT_ONCE = "two_links_within_2_s"
    RATTLED = "three_events_within_1_s"
    EVERY_LINK = "every_link"
    AT_DELIVERY = "within_2_s_of_delivery"
    SOON = "within_10_s_of_delivery"
    GOES_ON = "a_machine_went_on"
    APPLE = "apple_proxy"
    GMAIL = "gmail_proxy"


WEIGHTS: Final = {
    Reason.TRAPPED: 0.01,
    Reason.BOT_EVENT: 0.02,
    Reason.AGENT: 0.04,
    Reason.HEAD: 0.05,
    Reason.SCANNER: 0.1,
    Reason.DATACENTRE: 0.6,
    Reason.TWO_AT_ONCE: 0.1,
    Reason.RATTLED: 0.1,
    Reason.EVERY_LINK: 0.2,
    Reason.AT_DELIVERY: 0.2,
    Reason.SOON: 0.7,
    Reason.GOES_ON: 0.2,
    Reason.APPLE: 0.2,
    Reason.GMAIL: 0.8,
}
"""What is left of the probability, each for itself; several together leave their product."""
FOLLOWED: Final = 0.97
"""A follow against which nothing speaks."""
SEEN: Final = 0.7
"""An open, likewise: a picture says little."""
SCANNER: Final = "scanner"
DATACENTRE: Final = "datacentre"
APPLE: Final = "apple"
GMAIL: Final = "google"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One follow or open. ``link`` is the link's index in the mail, None for an open."""

    at: datetime
    link: int | None
    agent: str
    is_bot: bool = False
    """SES's own word (`isBotEvent: Likely`)."""
    method: str = "GET"
    network: str = ""
    """scanner | datacentre | apple | google, by lists; empty: none of them."""


Burst = tuple[tuple[str, Evidence], ...]
"""Touchpoint ids with what they tell, by time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    human: float
    """0 to 1."""
    reasons: tuple[Reason, ...] = ()

    @property
    def by_person(self) -> bool:
        return self.human >= HALF


def weighed(burst: Burst, message: Message | None, *, went_on: bool = False) -> Weighed:
    """Follows speak before opens: a picture fetched by a proxy doesn't make the click its own.

    ``went_on``: a machine was at it until just now, with the same agent.
    """
    events = [seen for _, seen in burst]
    follows = [seen for seen in events if seen.link is not None]
    if follows:
        base, found = FOLLOWED, set(_against_follows(follows, events, message))
    else:
        base, found = SEEN, set(_against_opens(events))
    if went_on:
        found.add(Reason.GOES_ON)
    human = base
    for reason in found:
        human *= WEIGHTS[reason]
    return Weighed(human=round(human, 4), reasons=tuple(sorted(found)))


def _against_follows(
    follows: Sequence[Evidence], events: Sequence[Evidence], message: Message | None
) -> Iterator[Reason]:
    for seen in follows:
        yield from _of_itself(seen)
        if not agents.reads(seen.agent):
            yield Reason.AGENT
        if seen.method == "HEAD":
            yield Reason.HEAD
    links = {seen.link for seen in follows} - {TRAP}
    if message is not None and len(links) >= message.links > 1:
        yield Reason.EVERY_LINK
    if _two_at_once(follows):
        yield Reason.TWO_AT_ONCE
    if _rattled(events):
        yield Reason.RATTLED
    yield from _after_delivery(follows[0].at, message)


def _against_opens(opens: Sequence[Evidence]) -> Iterator[Reason]:
    """The best of them speaks: one machine's look doesn't undo a person's."""
    yield from min((tuple(_against_open(seen)) for seen in opens), key=_lost)


def _against_open(seen: Evidence) -> Iterator[Reason]:
    yield from _of_itself(seen)
    if agents.prefetches(seen.agent) or seen.network == APPLE:
        yield Reason.APPLE
    elif agents.stands_in(seen.agent):
        yield Reason.GMAIL
    elif not agents.shows_pictures(seen.agent):
        yield Reason.AGENT


def _lost(reasons: Iterable[Reason]) -> float:
    left = 1.0
    for reason in set(reasons):
        left *= WEIGHTS[reason]
    return 1 - left


def _of_itself(seen: Evidence) -> Iterator[Reason]:
    if seen.link == TRAP:
        yield Reason.TRAPPED
    if seen.is_bot:
        yield Reason.BOT_EVENT
    if seen.network == SCANNER:
        yield Reason.SCANNER
    if seen.network == DATACENTRE:
        yield Reason.DATACENTRE


def _two_at_once(follows: Sequence[Evidence]) -> bool:
    """Neighbours suffice: if two links lie within 2 s, so do two neighbours of different links."""
    return any(
        one.link != other.link and other.at - one.at <= AT_ONCE for one, other in pairwise(follows)
    )


def _rattled(events: Sequence[Evidence]) -> bool:
    """More than two within a second; a person double-clicks at most."""
    return any(
        last.at - first.at <= RATTLE for first, last in zip(events, events[2:], strict=False)
    )


def _after_delivery(first: datetime, message: Message | None) -> Iterator[Reason]:
    """Also before SES told of the delivery: who reads a mail that isn't there yet?"""
    arrived = (message.delivered_at or message.sent_at) if message else None
    if arrived is None:
        return
    if first <= arrived + AT_ONCE:
        yield Reason.AT_DELIVERY
    elif first <= arrived + SOON:
        yield Reason.SOON
