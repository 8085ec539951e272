"""Followed links and opens of one message: evidence, until it is decided who was at work.

Evidence falls into *bursts*: whatever happens within 20 s of the first event of a burst. Each burst
is judged by itself, once its 20 s are over, so a scanner at delivery doesn't hide the person who
comes an hour later. Bursts and verdicts are functions of the set of evidence: its order means
nothing, and evidence that comes late is judged with all the rest. What was drawn from an earlier
verdict (a click that counted) isn't taken back, because its consequences can't be; late evidence
can only add to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from coldframe.domain.evidence import (
    TELLS_WITHIN,
    WINDOW,
    Burst,
    Evidence,
    bursts,
    by_time,
    followed,
    over_at,
)
from coldframe.domain.humanness import Reason, Weighed, weighed
from coldframe.domain.message import LANDED, Message

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
        over_at(burst)
        for burst in bursts(evidence)
        if followed(burst) and any(touchpoint in new for touchpoint, _ in burst)
    ]
    told = [seen.at for name, seen in evidence.items() if name in new and seen.link == LANDED]
    return replace(
        observation,
        evidence=evidence,
        decide_at=min(filter(None, [observation.decide_at, *due, *told]), default=None),
    )


def judged(observation: Observation, message: Message | None, now: datetime) -> Observation:
    """Every burst whose time is over has its verdict; the next one's instant is set."""
    ahead = [
        over_at(burst)
        for burst in bursts(observation.evidence)
        if over_at(burst) > now and followed(burst)
    ]
    over = list(judgements(observation, message, now))
    clicked = [weight for burst, weight in over if followed(burst)]
    seen = [weight for burst, weight in over if not followed(burst) and _opened(burst)]
    best = max(clicked or seen, key=_probability, default=None)
    return replace(
        observation,
        verdict=_verdict(best),
        human=max(map(_probability, clicked), default=None),
        opened=max(map(_probability, [*clicked, *seen]), default=None),
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
            if seen.link is not None and seen.follows:
                first.setdefault(seen.link, Follow(touchpoint=touchpoint, human=weight.human))
    return first


def judgements(
    observation: Observation, message: Message | None, now: datetime
) -> Iterator[tuple[Burst, Weighed]]:
    """Bursts that are over, in order of time."""
    before: Burst | None = None
    by_machine = False
    over = [burst for burst in bursts(observation.evidence) if over_at(burst) <= now]
    led_on = _led_on(over, observation.evidence)
    for burst in over:
        went_on = by_machine and before is not None and _goes_on(before, burst)
        weight = weighed(burst, message, went_on=went_on, landed=burst in led_on)
        before, by_machine = burst, not weight.by_person and bool(followed(burst))
        yield burst, weight


def _led_on(over: Sequence[Burst], evidence: Mapping[str, Evidence]) -> list[Burst]:
    """Of which the page that it led to told: each time, what was followed last before that."""
    led = []
    for told in (seen.at for seen in evidence.values() if seen.link == LANDED):
        before = [burst for burst in over if followed(burst) and followed(burst)[0].at <= told]
        if before and told - followed(before[-1])[0].at <= TELLS_WITHIN:
            led.append(before[-1])
    return led


def _goes_on(before: Burst, burst: Burst) -> bool:
    """Without a pause, and by the same hand."""
    agents = {seen.agent for _, seen in before}
    gap = burst[0][1].at - before[-1][1].at
    return gap < WINDOW and all(seen.agent in agents for seen in followed(burst))


def _opened(burst: Burst) -> bool:
    return any(seen.opens for _, seen in burst)


def _kept(evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    if len(evidence) <= 2 * KEPT:
        return dict(evidence)
    in_order = sorted(evidence.items(), key=by_time)
    return dict(in_order[:KEPT] + in_order[-KEPT:])
