"""A lead enters a journey because a person says so."""

from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.instants import text_of
from coldframe.domain.playbook import Entry, Reactions
from coldframe.domain.record import LeadRecord
from coldframe.domain.touchpoint import JOURNEY_REQUESTED, record
from workbench.leads.sources import Reached

SOURCE = "operator"
BY_HAND = "hand"


def may_be_entered(reactions: Reactions, journey: str) -> bool:
    """Whether its `enter` says `by_hand`, or another journey leads to it."""
    return way_by_hand(reactions, journey) is not None


def way_by_hand(reactions: Reactions, journey: str) -> Entry | None:
    return next(
        (
            entry
            for entry in reactions.entries
            if entry.journey == journey and entry.when.kind == JOURNEY_REQUESTED
        ),
        None,
    )


def asked_for(found: Reached, lead: LeadRecord, journey: str, *, why: str) -> None:
    """The journey's own rules hold: who may not come in again doesn't, whoever asks."""
    now = found.now()
    DynamoTouchpoints(found.deployed.records.table).append(
        record(
            lead=lead.lead,
            kind=JOURNEY_REQUESTED,
            source=SOURCE,
            received_at=now,
            data={
                "journey": journey,
                "by": BY_HAND,
                "why": why,
                "requested_at": text_of(now),
            },
            own_id=f"{journey}@{text_of(now)}",
        )
    )
