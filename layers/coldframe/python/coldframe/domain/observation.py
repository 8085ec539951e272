"""Followed links and opens of one message: evidence, until it is decided who was at work.

Evidence falls into *bursts*: whatever happens within 20 s of the first event of a burst. Each burst
is judged by itself, once its 20 s are over, so a scanner at delivery doesn't hide the person who
comes an hour later. Bursts and verdicts are functions of the set of evidence: its order means
nothing, and evidence that comes late is judged with all the rest. What was drawn from an earlier
verdict (a click that counted) isn't taken back, because its consequences can't be; late evidence
can only add to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from coldframe.domain.message import Message

WINDOW = timedelta(seconds=20)
AT_ONCE = timedelta(seconds=2)
"""Two links within this, or one within this of delivery, is no person."""
RATTLE = timedelta(seconds=1)
"""Three follows within this are no person either, whichever links they are of."""
KEPT = 32
"""Of the earliest evidence, and as much of the newest: a set that grows in no order stays small."""
SCANNERS = (
    "barracuda",
    "bot/",
    "bot;",
    "crawler",
    "curl/",
    "go-http-client",
    "headless",
    "microsoft office",
    "mimecast",
    "preview",
    "proofpoint",
    "python-",
    "safelinks",
    "scanner",
    "spider",
    "symantec",
    "trendmicro",
    "wget/",
)
"""Parts of agents that follow links by themselves, in lower case."""
PREFETCHER = "mozilla/5.0"
"""Apple Mail's privacy proxy says this much and no more; no browser that people use does."""


class Verdict(StrEnum):
    PENDING = "pending"
    HUMAN = "human"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One follow or open. ``link`` is the link's index in the mail, None for an open."""

    at: datetime
    link: int | None
    agent: str
    is_bot: bool = False
    """SES's own word (`isBotEvent: Likely`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Written by `react` alone, apart from the profile: scanners must not touch that."""

    lead: str
    message: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """By touchpoint id."""
    verdict: Verdict = Verdict.PENDING
    """Human as soon as one burst was."""
    decide_at: datetime | None = None
    """When the next burst with a followed link can be judged; None: no link waits for that."""
    revision: int = 0


Burst = tuple[tuple[str, Evidence], ...]
"""Touchpoint ids with what they tell, by time."""


def observed(observation: Observation, found: Mapping[str, Evidence]) -> Observation:
    """With this evidence in the set; the same object when all of it was there."""
    evidence = _kept({**observation.evidence, **found})
    new = evidence.keys() - observation.evidence.keys()
    if not new:
        return observation
    due = [
        _due(burst)
        for burst in bursts(evidence)
        if _follows(burst) and any(touchpoint in new for touchpoint, _ in burst)
    ]
    return replace(
        observation,
        evidence=evidence,
        decide_at=min(filter(None, [observation.decide_at, *due]), default=None),
    )


def judged(observation: Observation, message: Message | None, now: datetime) -> Observation:
    """Every burst whose time is over has its verdict; the next one's instant is set."""
    all_bursts = list(bursts(observation.evidence))
    over = [burst for burst in all_bursts if _due(burst) <= now]
    ahead = [_due(burst) for burst in all_bursts if _due(burst) > now and _follows(burst)]
    verdict = Verdict.MACHINE if over else Verdict.PENDING
    if any(not machine_made(burst, message) for burst in over):
        verdict = Verdict.HUMAN
    return replace(observation, verdict=verdict, decide_at=min(ahead, default=None))


def human_follows(
    observation: Observation, message: Message | None, now: datetime
) -> Mapping[int, str]:
    """Link → the touchpoint of its first follow by a person, of bursts that are over."""
    first: dict[int, str] = {}
    for burst in bursts(observation.evidence):
        if _due(burst) <= now and not machine_made(burst, message):
            for touchpoint, seen in burst:
                if seen.link is not None:
                    first.setdefault(seen.link, touchpoint)
    return first


def bursts(evidence: Mapping[str, Evidence]) -> Iterator[Burst]:
    burst: list[tuple[str, Evidence]] = []
    for touchpoint, seen in sorted(evidence.items(), key=_by_time):
        if burst and seen.at - burst[0][1].at >= WINDOW:
            yield tuple(burst)
            burst = []
        burst.append((touchpoint, seen))
    if burst:
        yield tuple(burst)


def machine_made(burst: Burst, message: Message | None) -> bool:
    """Follows speak before opens: a picture fetched by a proxy doesn't make the click its own."""
    follows = _follows(burst)
    if not follows:
        return all(_by_itself(seen) or _prefetched(seen) for _, seen in burst)
    links = {seen.link for seen in follows}
    every_link = message is not None and len(links) >= message.links > 1
    return (
        every_link
        or any(_by_itself(seen) for seen in follows)
        or _two_at_once(follows)
        or _rattled(follows)
        or _at_delivery(follows[0], message)
    )


def _two_at_once(follows: list[Evidence]) -> bool:
    """Neighbours suffice: if two links lie within 2 s, so do two neighbours of different links."""
    return any(
        one.link != other.link and other.at - one.at <= AT_ONCE for one, other in pairwise(follows)
    )


def _rattled(follows: list[Evidence]) -> bool:
    """More than two follows within a second; a person double-clicks at most."""
    return any(
        last.at - first.at <= RATTLE for first, last in zip(follows, follows[2:], strict=False)
    )


def _at_delivery(first: Evidence, message: Message | None) -> bool:
    """Also before SES told of the delivery: who reads a mail that isn't there yet?"""
    arrived = (message.delivered_at or message.sent_at) if message else None
    return arrived is not None and first.at <= arrived + AT_ONCE


def _by_itself(seen: Evidence) -> bool:
    agent = seen.agent.lower()
    nameless = seen.link is not None and agent.strip() in {"", PREFETCHER}
    return seen.is_bot or nameless or any(part in agent for part in SCANNERS)


def _prefetched(seen: Evidence) -> bool:
    return seen.agent.strip().lower() == PREFETCHER


def _follows(burst: Burst) -> list[Evidence]:
    return [seen for _, seen in burst if seen.link is not None]


def _due(burst: Burst) -> datetime:
    return burst[0][1].at + WINDOW


def _kept(evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    if len(evidence) <= 2 * KEPT:
        return dict(evidence)
    by_time = sorted(evidence.items(), key=_by_time)
    return dict(by_time[:KEPT] + by_time[-KEPT:])


def _by_time(item: tuple[str, Evidence]) -> tuple[datetime, str]:
    touchpoint, seen = item
    return seen.at, touchpoint
