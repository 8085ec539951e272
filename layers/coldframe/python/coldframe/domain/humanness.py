"""How probably a person was at work: what speaks against it and for it, each with its weight."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from coldframe.domain import agents
from coldframe.domain.evidence import APPLE, DATACENTRE, SCANNER, Burst, Evidence
from coldframe.domain.message import TRAP, WAY_OUT, Message

AT_ONCE = timedelta(seconds=2)
"""Two links within this, or one within this of delivery, is no person."""
SOON = timedelta(seconds=10)
"""So soon after delivery few people have seen that there is a mail: who asked for it, perhaps."""
EARLY = timedelta(minutes=1)
"""Within this, more machines than people look at a mail that nobody waits for."""
GLANCE = timedelta(seconds=2)
"""Who follows a link has looked at the mail for so long, at least."""
RATTLE = timedelta(seconds=1)
"""More than two events within this are no person either, whichever links they are of."""
HALF: Final = 0.5
"""From this probability on, it counts as a person."""


class Reason(StrEnum):
    """What speaks against a person, or for one; kept with the number, in these words."""

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
    UNEXPECTED = "within_10_s_of_delivery_unasked"
    EARLY = "within_60_s_of_delivery_unasked"
    GOES_ON = "a_machine_went_on"
    APPLE = "apple_proxy"
    GMAIL = "gmail_proxy"
    LOOKED = "picture_seen_before"
    LANDED = "page_told_of_the_visit"


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
    Reason.UNEXPECTED: 0.3,
    Reason.EARLY: 0.7,
    Reason.GOES_ON: 0.2,
    Reason.APPLE: 0.2,
    Reason.GMAIL: 0.8,
}
"""What is left of the probability, each for itself; several together leave their product."""
FOR: Final = {Reason.LOOKED: 3.0, Reason.LANDED: 6.0}
"""By how much it raises the odds, where something speaks against a person."""
FOLLOWED: Final = 0.97
"""A follow against which nothing speaks."""
SEEN: Final = 0.7
"""An open, likewise: a picture says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    human: float
    """0 to 1."""
    reasons: tuple[Reason, ...] = ()

    @property
    def by_person(self) -> bool:
        return self.human >= HALF


def weighed(
    burst: Burst, message: Message | None, *, went_on: bool = False, landed: bool = False
) -> Weighed:
    """Follows speak before opens: a picture fetched by a proxy doesn't make the click its own.

    ``went_on``: a machine was at it until just now, with the same agent. ``landed``: a link of
    this burst led to a page that told of the visit, with its visitor's consent.
    """
    events = [seen for _, seen in burst]
    follows = [seen for seen in events if seen.follows]
    if follows:
        base, found = FOLLOWED, set(_against_follows(follows, events, message))
    else:
        base, found = SEEN, set(_against_opens([seen for seen in events if seen.opens]))
    if went_on:
        found.add(Reason.GOES_ON)
    human = base
    for reason in found:
        human *= WEIGHTS[reason]
    if found and follows:
        speaking = set(_for_follows(follows, events, landed=landed))
        human, found = _raised(human, speaking), found | speaking
    return Weighed(human=round(human, 4), reasons=tuple(sorted(found)))


def _raised(human: float, speaking: Iterable[Reason]) -> float:
    odds = human / (1 - human)
    for reason in speaking:
        odds *= FOR[reason]
    return odds / (1 + odds)


def _for_follows(
    follows: Sequence[Evidence], events: Sequence[Evidence], *, landed: bool
) -> Iterator[Reason]:
    if landed:
        yield Reason.LANDED
    looks = [seen for seen in events if seen.opens and seen.at + GLANCE <= follows[0].at]
    if any(SEEN * (1 - _lost(tuple(_against_open(seen)))) >= HALF for seen in looks):
        yield Reason.LOOKED


def _against_follows(
    follows: Sequence[Evidence], events: Sequence[Evidence], message: Message | None
) -> Iterator[Reason]:
    """The way out is asked for by mailboxes themselves now and then: it counts as one more link,
    whoever asked for it."""
    for seen in follows:
        yield from _of_itself(seen)
        if not agents.reads(seen.agent):
            yield Reason.AGENT
        if seen.method == "HEAD":
            yield Reason.HEAD
    visits = [seen for seen in events if seen.follows or seen.link == WAY_OUT]
    if message is not None and _all_links({seen.link for seen in visits}, message):
        yield Reason.EVERY_LINK
    if _two_at_once(visits):
        yield Reason.TWO_AT_ONCE
    if _rattled(events):
        yield Reason.RATTLED
    yield from _after_delivery(follows[0].at, message)


def _all_links(visited: set[int | None], message: Message) -> bool:
    """With the way out, of a mail with a single link too."""
    links = visited - {TRAP, WAY_OUT}
    return len(links) >= message.links > (0 if WAY_OUT in visited else 1)


def _against_opens(opens: Sequence[Evidence]) -> Iterator[Reason]:
    """The best of them speaks: one machine's look doesn't undo a person's."""
    yield from min((tuple(_against_open(seen)) for seen in opens), key=_lost, default=())


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
    if message is None or arrived is None:
        return
    if first <= arrived + AT_ONCE:
        yield Reason.AT_DELIVERY
    elif first <= arrived + SOON:
        yield Reason.SOON if message.requested else Reason.UNEXPECTED
    elif first <= arrived + EARLY and not message.requested:
        yield Reason.EARLY
