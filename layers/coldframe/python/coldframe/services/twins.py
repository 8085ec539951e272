"""A merged person is in one journey once, and gets each of its mails once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from coldframe.domain.enrolment import EndReason, Enrolment, EnrolmentStatus

if TYPE_CHECKING:
    from coldframe.services.ports import Playbook

HAD_ALREADY: Final = "had_already"


def later_twins(held: Iterable[Enrolment], playbook: Playbook) -> list[Enrolment]:
    """Of passages that run at once though their journey allows one, all but the first begun.

    Also those that were closed as such: who closed them may have gone no further.
    """
    rows = list(held)
    firsts = _firsts(rows)
    return [
        each
        for each in rows
        if each.reason == EndReason.MERGED
        or (
            each.status is not EnrolmentStatus.CLOSED
            and firsts[each.journey, each.key] is not each
            and not _several_at_once(each, playbook)
        )
    ]


def had_already(enrolment: Enrolment, claim: str, held: Iterable[Enrolment]) -> bool:
    """A passage that this one goes on for, under another address, has taken this mail."""
    return any(
        each.id != enrolment.id
        and (each.journey, each.key) == (enrolment.journey, enrolment.key)
        and (each.reason == EndReason.MERGED or each.status is not EnrolmentStatus.CLOSED)
        and each.lead != enrolment.lead
        and claim in each.claims
        for each in held
    )


def _firsts(held: Iterable[Enrolment]) -> dict[tuple[str, str], Enrolment]:
    found: dict[tuple[str, str], Enrolment] = {}
    for each in _open(held):
        first = found.setdefault((each.journey, each.key), each)
        if _rank(each) < _rank(first):
            found[each.journey, each.key] = each
    return found


def _open(held: Iterable[Enrolment]) -> Iterator[Enrolment]:
    return (each for each in held if each.status is not EnrolmentStatus.CLOSED)


def _rank(enrolment: Enrolment) -> tuple[object, str]:
    return enrolment.started_at, enrolment.id


def _several_at_once(enrolment: Enrolment, playbook: Playbook) -> bool:
    try:
        return playbook.journey(enrolment.journey).re_enter.concurrent
    except KeyError:
        return False
