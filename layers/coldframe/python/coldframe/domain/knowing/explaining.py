"""Why a lead has its score, and why it is where it is: the rules, the dates, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.conditions.decay import Sum
from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts, Until
from coldframe.domain.knowing.concluding import concluded, facts_at
from coldframe.domain.knowing.points import earned, gift_points, score_of
from coldframe.domain.knowing.rules import LEAD, LIFECYCLE, Conclusion, Knowing
from coldframe.domain.knowing.standing import Standing

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What one rule gives now. ``because`` may tell personal values: never logged."""

    part: str
    """fit | engagement | journey"""
    points: float
    why: str
    because: str = ""
    dates: tuple[datetime, ...] = ()
    """When it was done, newest first."""
    given: float = 0
    """What it gave before it faded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A conclusion that holds, since when, and why."""

    about: str
    """tier | stage | status | persona | lifecycle | segment"""
    name: str
    label: str
    since: datetime | None
    because: str = ""
    until: datetime | None = None
    """When the clock alone may change it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    score: float
    fit: float
    engagement: float
    earned: tuple[Earned, ...]
    placed: tuple[Placed, ...]


def explain(profile: "Profile", knowing: Knowing, now: datetime) -> Explained:
    facts = facts_at(profile, knowing, now)
    score = score_of(knowing.scoring, facts, profile.given, now=now)
    fit, engagement = score.fit.at(now), score.engagement.at(now)
    return Explained(
        score=round(fit + engagement, 2),
        fit=round(fit, 2),
        engagement=round(engagement, 2),
        earned=tuple(_earned(profile, knowing, facts, now)),
        placed=tuple(_placed(profile, knowing, facts, now)),
    )


def _earned(profile: "Profile", knowing: Knowing, facts: Facts, now: datetime) -> Iterator[Earned]:
    for fit in knowing.scoring.fit:
        found = evaluate(fit.condition, facts, now=now, explain=True)
        if found.value is True:
            why = fit.why or fit.condition.source
            yield Earned(part="fit", points=fit.points, why=why, because=found.because)
    for rule in knowing.scoring.engagement:
        dates = tuple(at for at, _ in profile.memory.get(rule.memory, ())[: rule.keep])
        if dates:
            yield Earned(
                part="engagement",
                points=round(earned(rule, profile.memory).at(now), 2),
                why=rule.why or rule.memory,
                dates=dates,
                given=max(-rule.cap, min(rule.points * len(dates), rule.cap)),
            )
    for gift in sorted(profile.given.values(), key=lambda one: one.at, reverse=True):
        worth = round(Sum(parts=(gift_points(knowing.scoring, gift),)).at(now), 2)
        why = gift.why or "given by a journey"
        yield Earned(part="journey", points=worth, why=why, dates=(gift.at,), given=gift.points)


def _placed(profile: "Profile", knowing: Knowing, facts: Facts, now: datetime) -> Iterator[Placed]:
    standing = concluded(profile, knowing, now=now)
    for choice in knowing.choices():
        held = standing.held.get(choice.field)
        if held:
            option = _holding(choice.options, held.value, facts, now)
            because, until = _because(option, facts, now)
            yield Placed(
                about=choice.field,
                name=held.value,
                label=(option.label if option else "") or held.value,
                since=held.since,
                because=because,
                until=until or _until(facts.fields.get(choice.field)),
            )
    yield from _reached(standing, knowing)
    for segment in knowing.segments:
        if segment.name in standing.segments:
            because, until = _because(segment, facts, now)
            yield Placed(
                about="segment",
                name=segment.name,
                label=segment.label or segment.name,
                since=standing.segments[segment.name],
                because=because,
                until=until,
            )


def _reached(standing: Standing, knowing: Knowing) -> Iterator[Placed]:
    if not knowing.scoring.lifecycle:
        return
    reached = [rung for rung in knowing.scoring.lifecycle if rung.name in standing.reached]
    if not reached:
        yield Placed(about=LIFECYCLE, name=LEAD, label=LEAD, since=None)
    for rung in reached[::-1]:
        found = standing.reached[rung.name]
        yield Placed(
            about=LIFECYCLE, name=rung.name, label=rung.name, since=found.at, because=found.why
        )


def _holding(
    options: tuple[Conclusion, ...], name: str, facts: Facts, now: datetime
) -> Conclusion | None:
    """The option that decided; None: no option holds."""
    mine = (option for option in options if option.name == name)
    return next(
        (each for each in mine if evaluate(each.condition, facts, now=now).value is True), None
    )


def _because(
    conclusion: Conclusion | None, facts: Facts, now: datetime
) -> tuple[str, datetime | None]:
    if conclusion is None:
        return "", None
    found = evaluate(conclusion.condition, facts, now=now, explain=True)
    return found.because, found.next_at


def _until(raw: object) -> datetime | None:
    return raw.next_at if isinstance(raw, Until) else None
