"""All consequences of a touchpoint, drawn in one place; pure, and in need of no order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.asked_for import mails_asked_for
from coldframe.domain.deciding import holds
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.drawing import (
    EVERY_JOURNEY,
    answers,
    drawn,
    enrolment,
    exits,
    retimes,
)
from coldframe.domain.enrolment import EndReason, Enrolment
from coldframe.domain.event_match import EventMatch
from coldframe.domain.importing import taken_in
from coldframe.domain.knowing.learning import learn
from coldframe.domain.known_facts import facts_asked
from coldframe.domain.playbook import Entry, Exit, Reactions, WaitRule
from coldframe.domain.profile import Profile
from coldframe.domain.re_entry import key_in
from coldframe.domain.referral import told_of
from coldframe.domain.touchpoint import (
    BUILT_IN_KINDS,
    EMAIL_BOUNCED,
    EMAIL_COMPLAINED,
    LEAD_IMPORTED,
    UNSUBSCRIBED,
    Touchpoint,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    profile: Profile | None
    """None: a tick for a lead that is gone."""
    decisions: tuple[Decision, ...]
    derived: tuple[Touchpoint, ...] = ()
    """Touchpoints that follow: segments entered and left."""


def react(profile: Profile | None, touchpoint: Touchpoint, reactions: Reactions) -> Reaction:
    """What to know of the lead from now on, and what to do.

    A lead who left a journey at an instant isn't enrolled for anything that happened before it;
    an event that makes the lead leave a journey answers no wait in it.
    """
    if touchpoint.kind == LEAD_IMPORTED:
        return Reaction(profile=taken_in(profile, touchpoint, reactions), decisions=())
    happened = touchpoint.occurred_at
    met = _Met(
        tuple(each for each in reactions.entries if matches(each.when, touchpoint)),
        tuple(each for each in reactions.exits if matches(each.when, touchpoint)),
        tuple(each for each in reactions.waits if matches(each.when, touchpoint)),
    )
    learned = learn(profile, touchpoint, reactions, rules=met.rules())
    after = learned.profile
    if after is None:
        return Reaction(profile=None, decisions=())
    derived = (*learned.derived, *told_of(profile, after, touchpoint))
    if suppresses(touchpoint):
        everything = {"reason": EndReason.SUPPRESSED.value}
        only = drawn(DecisionKind.EXIT, touchpoint, EVERY_JOURNEY, everything)
        return Reaction(profile=after, decisions=(only,), derived=derived)
    left = {each.journey for each in met.exits}
    waits = _holding(met.waits, after, reactions, happened)
    decisions = (
        *(new for each in met.entries for new in enrolment(each, after, touchpoint, happened)),
        *exits(met.exits, after, touchpoint, reactions),
        *answers(waits, left, touchpoint, reactions, aliases=after.aliases),
        *retimes(reactions.retimes, profile, after, touchpoint),
        *(new for each, at in learned.entered for new in enrolment(each, after, touchpoint, at)),
        *mails_asked_for(after, touchpoint),
    )
    return Reaction(profile=after, decisions=_each_once(decisions), derived=derived)


def matches(when: EventMatch, touchpoint: Touchpoint) -> bool:
    return when.matches(touchpoint.kind, touchpoint.data)


def concerns(touchpoint: Touchpoint, enrolment: Enrolment, *, key: str) -> bool:
    """What became of a mail concerns the enrolment it was sent for, and no other.

    What names a key concerns the passage that has it. ``key``: the property that holds it.
    """
    of = touchpoint.data.get("enrolment") if touchpoint.kind in BUILT_IN_KINDS else None
    if of:
        return bool(of == enrolment.id)
    return key_in(touchpoint.data, key) in ("", enrolment.key)


def suppresses(touchpoint: Touchpoint) -> bool:
    """The receiver has shut the gate already; here follow the consequences."""
    if touchpoint.kind == EMAIL_BOUNCED:
        return touchpoint.data.get("type") == "hard"
    return touchpoint.kind in (UNSUBSCRIBED, EMAIL_COMPLAINED)


def _holding(
    met: Iterable[WaitRule], profile: Profile, reactions: Reactions, now: datetime
) -> Iterator[WaitRule]:
    """Those whose condition holds, by what is known with the touchpoint."""
    for each in met:
        if each.condition is None or holds(
            each.condition,
            facts_asked(
                [each.condition],
                profile,
                client=reactions.knowing,
                knowing=reactions.knowing,
                now=now,
            ),
            now=now,
        ):
            yield each


def _each_once(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Two ways into a journey, or out of it, that one touchpoint takes at once are the first."""
    found: dict[str, Decision] = {}
    for each in decisions:
        found.setdefault(each.id, each)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Met:
    """The rules that a touchpoint meets."""

    entries: tuple[Entry, ...]
    exits: tuple[Exit, ...]
    waits: tuple[WaitRule, ...]

    def rules(self) -> Iterator[str]:
        yield from (f"enter:{each.journey}" for each in self.entries)
        yield from (f"exit:{each.journey}" for each in self.exits)
