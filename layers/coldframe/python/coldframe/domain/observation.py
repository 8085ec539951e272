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

from coldframe.domain.humanness import Burst, Evidence, Reason, Weighed, weighed
from coldframe.domain.message import Message

WINDOW = timedelta(seconds=20)
KEPT = 32
"""Of the earliest evidence, and as much of the newest: a set that grows in no order stays small."""


class Verdict(StrEnum):
    PENDING = "pending"
    HUMAN = "human"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Written by `react` alone, apart from the profile: scanners must not touch that."""

    lead: str
    message: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """By touchpoint id."""
    verdict: Verdict = Verdict.PENDING
    """Human as soon as one burst was."""
    human: float | None = None
    """How probably a person followed a link: of the burst that speaks most for it. None: nobody
    followed one, or no burst is over yet."""
    opened: float | None = None
    """How probably a person saw the mail; who followed a link did."""
    reasons: tuple[Reason, ...] = ()
    """What speaks against a person, of the burst that decided."""
    decide_at: datetime | None = None
    """When the next burst with a followed link can be judged; None: no link waits for that."""
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """The touchpoint of a person's first follow of one link, and how probably it was a person."""

    touchpoint: str
    human: float


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
    ahead = [
        _due(burst)
        for burst in bursts(observation.evidence)
        if _due(burst) > now and _follows(burst)
    ]
    over = list(judgements(observation, message, now))
    followed = [weight for burst, weight in over if _follows(burst)]
    seen = [weight for burst, weight in over if not _follows(burst)]
    best = max(followed or seen, key=_probability, default=None)
    return replace(
        observation,
        verdict=_verdict(best),
        human=max(map(_probability, followed), default=None),
        opened=max(map(_probability, [*followed, *seen]), default=None),
        reasons=best.reasons if best else (),
        decide_at=min(ahead, default=None),
    )


def _verdict(best: Weighed | None) -> Verdict:
    if best is None:
        return Verdict.PENDING
    return Verdict.HUMAN if best.by_person else Verdict.MACHINE


def _probability(weight: Weighed) -> float:
    return weight.human


def human_follows(
    observation: Observation, message: Message | None, now: datetime
) -> Mapping[int, Follow]:
    """Link → its first follow by a person, of bursts that are over."""
    first: dict[int, Follow] = {}
    for burst, weight in judgements(observation, message, now):
        if not weight.by_person:
            continue
        for touchpoint, seen in burst:
            if seen.link is not None:
                first.setdefault(seen.link, Follow(touchpoint=touchpoint, human=weight.human))
    return first


def judgements(
    observation: Observation, message: Message | None, now: datetime
) -> Iterator[tuple[Burst, Weighed]]:
    """Bursts that are over, in order of time."""
    before: Burst | None = None
    by_machine = False
    over = [burst for burst in bursts(observation.evidence) if _due(burst) <= now]
    for burst in over:
        weight = weighed(
            burst, message, went_on=by_machine and before is not None and _goes_on(before, burst)
        )
        before, by_machine = burst, not weight.by_person and bool(_follows(burst))
        yield burst, weight


def _goes_on(before: Burst, burst: Burst) -> bool:
    """Without a pause, and by the same hand."""
    agents = {seen.agent for _, seen in before}
    gap = burst[0][1].at - before[-1][1].at
    return gap < WINDOW and all(seen.agent in agents for seen in _follows(burst))


def bursts(evidence: Mapping[str, Evidence]) -> Iterator[Burst]:
    burst: list[tuple[str, Evidence]] = []
    for touchpoint, seen in sorted(evidence.items(), key=_by_time):
        if burst and seen.at - burst[0][1].at >= WINDOW:
            yield tuple(burst)
            burst = []
        burst.append((touchpoint, seen))
    if burst:
        yield tuple(burst)


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
