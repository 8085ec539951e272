"""What a mail came to that its journey left behind: put off or in doubt when the passage ended.

Nobody comes back to it, so nobody writes it down: it follows from what is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from coldframe.domain.enrolment import Claim, Enrolment, EnrolmentStatus
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.message import DOUBT, OUTCOME_UNKNOWN, Message, MessageState
from coldframe.domain.record import LeadRecord

OPEN = frozenset({MessageState.DEFERRED, MessageState.SENDING})
LEFT_IN_SILENCE = timedelta(hours=1)
"""A broadcast is walked on by then, whoever died on the way."""


def as_it_ended(record: LeadRecord, now: datetime) -> LeadRecord:
    """The record, each mail settled that can't go any more; none that was claimed is left out."""
    passages = {each.id: each for each in record.enrolments}
    told = {
        each.id: _settled(each, passages.get(each.enrolment), record.gate, now)
        for each in record.messages
    }
    silent = {each.id: each for each in _silent(record) if each.id not in told}
    return replace(record, messages=(*told.values(), *silent.values()))


def _settled(message: Message, passage: Enrolment | None, gate: Gate, now: datetime) -> Message:
    if message.state not in OPEN or passage is None or passage.status is not EnrolmentStatus.CLOSED:
        return message
    if message.state is MessageState.SENDING:
        over = now >= message.at + (DOUBT if message.journey else LEFT_IN_SILENCE)
        if not over:
            return message
        return replace(message, state=MessageState.UNKNOWN, why=OUTCOME_UNKNOWN)
    why = passage.reason if message.journey else _forbidden(gate)
    if not why:
        return message
    at = passage.ended_at or message.at
    return replace(message, state=MessageState.REFUSED, why=why, until=None, at=max(at, message.at))


def _silent(record: LeadRecord) -> Iterator[Message]:
    """Claimed, and then nothing more was written of it."""
    for passage in record.enrolments:
        if passage.status is not EnrolmentStatus.CLOSED:
            continue
        why = passage.reason if passage.journey else _forbidden(record.gate)
        if why:
            for claim in passage.claims.values():
                yield _unsent(passage, claim, why)


def _unsent(passage: Enrolment, claim: Claim, why: str) -> Message:
    return Message(
        lead=passage.lead,
        id=claim.message,
        mail=claim.mail,
        enrolment=passage.id,
        journey=passage.journey,
        step=passage.step,
        state=MessageState.REFUSED,
        at=passage.ended_at or claim.at,
        why=why,
    )


def _forbidden(gate: Gate) -> str:
    """Why a broadcast's walk passed the lead by the second time; empty: it will come."""
    for prohibition in Prohibition:
        if getattr(gate, f"{prohibition}_at"):
            return prohibition.value
    return ""
