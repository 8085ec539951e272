"""All consequences of a touchpoint, drawn in one place; pure, and in need of no order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import EndReason, enrolment_id
from coldframe.domain.instants import text_of
from coldframe.domain.playbook import Entry, EventMatch, Exit, Reactions, WaitRule
from coldframe.domain.profile import Profile, remember
from coldframe.domain.touchpoint import (
    BUILT_IN_KINDS,
    EMAIL_BOUNCED,
    EMAIL_COMPLAINED,
    UNSUBSCRIBED,
    Touchpoint,
)

EVERY_JOURNEY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    profile: Profile
    decisions: tuple[Decision, ...]


def react(profile: Profile | None, touchpoint: Touchpoint, reactions: Reactions) -> Reaction:
    """What to know of the lead from now on, and what to do.

    A lead who left a journey at an instant isn't enrolled for anything that happened before it;
    an event that makes the lead leave a journey answers no wait in it.
    """
    met = _Met(
        tuple(each for each in reactions.entries if matches(each.when, touchpoint)),
        tuple(each for each in reactions.exits if matches(each.when, touchpoint)),
        tuple(each for each in reactions.waits if matches(each.when, touchpoint)),
    )
    after = remember(profile, touchpoint, rules=met.rules())
    if suppresses(touchpoint):
        everything = {"reason": EndReason.SUPPRESSED.value}
        only = _decision(DecisionKind.EXIT, touchpoint, EVERY_JOURNEY, everything)
        return Reaction(profile=after, decisions=(only,))
    decisions = (
        *_enrolments(met.entries, after, touchpoint),
        *_exits(met.exits, after, touchpoint, reactions),
        *_answers(met, touchpoint),
    )
    return Reaction(profile=after, decisions=_each_once(decisions))


def matches(when: EventMatch, touchpoint: Touchpoint) -> bool:
    return when.matches(touchpoint.kind, touchpoint.data)


def concerns(touchpoint: Touchpoint, enrolment: str) -> bool:
    """What became of a mail concerns the enrolment it was sent for, and no other."""
    of = touchpoint.data.get("enrolment") if touchpoint.kind in BUILT_IN_KINDS else None
    return not of or of == enrolment


def suppresses(touchpoint: Touchpoint) -> bool:
    """The receiver has shut the gate already; here follow the consequences."""
    if touchpoint.kind == EMAIL_BOUNCED:
        return touchpoint.data.get("type") == "hard"
    return touchpoint.kind in (UNSUBSCRIBED, EMAIL_COMPLAINED)


def _each_once(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Two ways into a journey, or out of it, that one touchpoint takes at once are one."""
    return tuple({each.id: each for each in decisions}.values())


@dataclass(frozen=True, slots=True)
class _Met:
    """The rules that a touchpoint meets."""

    entries: tuple[Entry, ...]
    exits: tuple[Exit, ...]
    waits: tuple[WaitRule, ...]

    def rules(self) -> Iterator[str]:
        yield from (f"enter:{each.journey}" for each in self.entries)
        yield from (f"exit:{each.journey}" for each in self.exits)


def _enrolments(
    entries: tuple[Entry, ...], profile: Profile, touchpoint: Touchpoint
) -> Iterator[Decision]:
    for entry in entries:
        left = profile.seen.get(f"exit:{entry.journey}", ())
        if left and left[0][0] >= touchpoint.occurred_at:
            continue
        enrolment = enrolment_id(touchpoint.lead, entry.journey)
        data = {"enrolment": enrolment, "first": entry.first}
        yield _decision(DecisionKind.ENROL, touchpoint, entry.journey, data)


def _exits(
    exits: tuple[Exit, ...], profile: Profile, touchpoint: Touchpoint, reactions: Reactions
) -> Iterator[Decision]:
    """``entered`` lets the exit stand also when it is carried out before the enrolment."""
    first = {entry.journey: entry.first for entry in reactions.entries}
    for each in exits:
        data = {
            "enrolment": enrolment_id(touchpoint.lead, each.journey),
            "reason": each.reason,
        }
        entered = _entered(profile, each.journey, touchpoint.occurred_at)
        if entered and each.journey in first:
            data |= {"entered": text_of(entered), "first": first[each.journey]}
        yield _decision(DecisionKind.EXIT, touchpoint, each.journey, data)


def _entered(profile: Profile, journey: str, before: datetime) -> datetime | None:
    entries = profile.seen.get(f"enter:{journey}", ())
    return min((at for at, _ in entries if at < before), default=None)


def _answers(met: _Met, touchpoint: Touchpoint) -> Iterator[Decision]:
    left = {each.journey for each in met.exits}
    for wait in met.waits:
        enrolment = enrolment_id(touchpoint.lead, wait.journey)
        if wait.journey in left or not concerns(touchpoint, enrolment):
            continue
        data = {"enrolment": enrolment, "step": wait.step, "event": touchpoint.kind}
        yield _decision(
            DecisionKind.RESOLVE,
            touchpoint,
            wait.journey,
            data,
            subject=f"{wait.journey}.{wait.step}",
        )


def _decision(
    kind: DecisionKind,
    cause: Touchpoint,
    journey: str,
    data: Mapping[str, str],
    *,
    subject: str = "",
) -> Decision:
    return Decision(
        lead=cause.lead,
        id=f"{cause.id}#{kind}#{subject or journey}",
        kind=kind,
        cause=cause.id,
        at=cause.occurred_at,
        journey=journey,
        data=data,
    )
