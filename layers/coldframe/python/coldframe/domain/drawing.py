"""The decisions about journeys that a touchpoint leads to: in, out, on, and at another time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import enrolment_id
from coldframe.domain.instants import text_of
from coldframe.domain.journey import ReEntry
from coldframe.domain.playbook import DateEntry, Entry, Exit, Reactions, Retime, WaitRule
from coldframe.domain.profile import Profile
from coldframe.domain.re_entry import key_in, once
from coldframe.domain.touchpoint import BUILT_IN_KINDS, Touchpoint

EVERY_JOURNEY = "*"


def drawn(
    kind: DecisionKind,
    cause: Touchpoint,
    journey: str,
    data: Mapping[str, str],
    *,
    subject: str = "",
    at: datetime | None = None,
) -> Decision:
    return Decision(
        lead=cause.lead,
        id=f"{cause.id}#{kind}#{subject or journey}",
        kind=kind,
        cause=cause.id,
        at=at or cause.occurred_at,
        journey=journey,
        data=data,
    )


def enrolment(
    entry: Entry | DateEntry, profile: Profile, cause: Touchpoint, at: datetime
) -> Iterator[Decision]:
    """Not for a lead who has left the journey since; of keys, whoever carries it out looks."""
    left = profile.seen.get(f"exit:{entry.journey}", ())
    if left and left[0][0] >= at and not entry.re_enter.key:
        return
    data = {
        "enrolment": enrolment_id(cause.lead, entry.journey),
        "first": entry.first,
        **policy_data(entry.re_enter),
    }
    if entry.re_enter.key:
        data["key"] = key_in(cause.data, entry.re_enter.key)
    if profile.aliases:
        data["merged"] = "yes"
    if cause.depth:
        data["depth"] = str(cause.depth)
    if asked_at := cause.data.get("requested_at"):
        data["requested_at"] = str(asked_at)
    yield drawn(DecisionKind.ENROL, cause, entry.journey, data, at=at)


def exits(
    met: Iterable[Exit], profile: Profile, cause: Touchpoint, reactions: Reactions
) -> Iterator[Decision]:
    """What was ``entered`` lets the exit stand also when it is carried out before the enrolment."""
    ways: dict[str, Entry | DateEntry] = {entry.journey: entry for entry in reactions.dates}
    ways |= {entry.journey: entry for entry in reactions.entries}
    for each in met:
        way = ways.get(each.journey)
        entered = _entered(way, profile, before=cause.occurred_at) if way else {}
        yield exit_by(each, cause, entered)


def exit_by(rule: Exit, cause: Touchpoint, entered: Mapping[str, str] | None = None) -> Decision:
    data = {"enrolment": enrolment_id(cause.lead, rule.journey), "reason": rule.reason}
    data |= entered or {}
    if rule.then:
        data["then"] = rule.then
    if key := key_in(cause.data, rule.key):
        data["key"] = key
    return drawn(DecisionKind.EXIT, cause, rule.journey, data)


def _entered(way: Entry | DateEntry, profile: Profile, *, before: datetime) -> dict[str, str]:
    """The first entry if there is but one passage, else the last; keys aren't remembered: who
    carries out an entry by a key looks for an exit that came before."""
    entries = profile.seen.get(f"enter:{way.journey}", ())
    earlier = sorted(each for each in entries if each[0] < before)
    if not earlier or way.re_enter.key:
        return {}
    at, by = earlier[0] if once(way.re_enter) else earlier[-1]
    told = {"entered": text_of(at), "entered_by": by, "first": way.first}
    return told | policy_data(way.re_enter)


def answers(
    met: Iterable[WaitRule],
    left: set[str],
    cause: Touchpoint,
    reactions: Reactions,
    *,
    aliases: Iterable[str] = (),
) -> Iterator[Decision]:
    """An event that makes the lead leave a journey answers no wait in it.

    What became of a mail concerns the enrolment it was sent for, and no other.
    """
    of = cause.data.get("enrolment") if cause.kind in BUILT_IN_KINDS else None
    alone = {each.journey for each in reactions.entries if once(each.re_enter)} if of else set()
    for wait in met:
        firsts = {enrolment_id(lead, wait.journey) for lead in (cause.lead, *aliases)}
        elsewhere = wait.journey in alone and of not in firsts
        if wait.journey in left or elsewhere:
            continue
        data = {"step": wait.step, "event": cause.kind}
        if of:
            data["enrolment"] = str(of)
        if key := key_in(cause.data, wait.key):
            data["key"] = key
        if wait.condition is not None:
            data["asked"] = "yes"
        subject = f"{wait.journey}.{wait.step}"
        yield drawn(DecisionKind.RESOLVE, cause, wait.journey, data, subject=subject)


def retimes(
    rules: Iterable[Retime], before: Profile | None, after: Profile, cause: Touchpoint
) -> Iterator[Decision]:
    """A date that became another, for whoever waits for it; without one, nobody does."""
    for rule in rules:
        was = before.fields.get(rule.field) if before else None
        now = after.fields.get(rule.field)
        if was is not None and now is not None and was.value != now.value:
            subject = f"{rule.journey}.{rule.step}"
            data = {"step": rule.step}
            yield drawn(DecisionKind.RETIME, cause, rule.journey, data, subject=subject)


def policy_data(policy: ReEntry) -> dict[str, str]:
    """How leads may re-enter, as a decision carries it; nothing for a journey entered once."""
    if once(policy):
        return {}
    data = {"mode": policy.mode, "after": str(policy.after), "key_of": policy.key}
    return {**data, "concurrent": "yes" if policy.concurrent else ""}


def policy_of(data: Mapping[str, str]) -> ReEntry:
    return ReEntry(
        mode=data.get("mode", "never"),
        after=int(data.get("after", "0")),
        concurrent=bool(data.get("concurrent")),
        key=data.get("key_of", ""),
    )
