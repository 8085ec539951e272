"""May a lead come into a journey now, and as which passage? Told by instants, in any order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, passage_id
from coldframe.domain.journey import ReEntry

NEVER, AFTER, ALWAYS = "never", "after", "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A lead at a journey's door: ``cause`` is the touchpoint that brought it there."""

    lead: str
    journey: str
    cause: str
    at: datetime
    key: str = ""


def key_in(data: Mapping[str, object], key: str) -> str:
    """What tells the passage that an event is about from others; empty: it names none.

    ``key``: the property that does so; empty: the journey has one passage at a time anyway.
    """
    value = data.get(key) if key else None
    return "" if value is None else str(value)


def once(policy: ReEntry) -> bool:
    """There is one passage at most, so its id is known without looking."""
    return policy.mode == NEVER and not policy.concurrent and not policy.key


def passage(coming: Coming, policy: ReEntry, held: Iterable[Enrolment]) -> str | None:
    """The id of the passage that it makes, or made before; None: it doesn't come in.

    ``held``: all of the lead's enrolments.
    """
    before = [each for each in held if each.journey == coming.journey and each.key == coming.key]
    same = next((each.id for each in before if each.cause == coming.cause), None)
    if same is not None:
        return same
    if before and not _may(coming, policy, before):
        return None
    taken = {each.id for each in before}
    free = (_id(coming, number) for number in range(1, len(before) + 2))
    return next(each for each in free if each not in taken)


def _id(coming: Coming, number: int) -> str:
    return passage_id(coming.lead, coming.journey, key=coming.key, number=number)


def _may(coming: Coming, policy: ReEntry, before: list[Enrolment]) -> bool:
    if policy.mode == NEVER:
        return False
    alone = policy.key or not policy.concurrent
    if alone and any(_inside(coming.at, each) for each in before):
        return False
    if policy.mode == ALWAYS:
        return True
    ends = [each.ended_at for each in before if each.ended_at]
    return not ends or coming.at >= max(ends) + timedelta(seconds=policy.after)


def _inside(at: datetime, passage: Enrolment) -> bool:
    """Still in it; or it was at that time, and the word of it only comes now."""
    if passage.status is not EnrolmentStatus.CLOSED or passage.ended_at is None:
        return True
    return at <= passage.ended_at
