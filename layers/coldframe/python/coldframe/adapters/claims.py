"""What a claim writes, and why one was lost."""

from collections.abc import Mapping
from dataclasses import replace

from coldframe.adapters.attributes import Item
from coldframe.adapters.enrolment_items import (
    CLAIM,
    claim_item,
    enrolment_item,
    enrolment_of,
    same_run,
    standing,
)
from coldframe.adapters.enrolment_items import PREFIX as ENROLMENT
from coldframe.adapters.enrolments import OPEN_RUN
from coldframe.adapters.gates import counting, gate_of
from coldframe.adapters.mailboxes import delivering
from coldframe.adapters.table import Action, Table, lead_key
from coldframe.domain.enrolment import Claim, Enrolment, EnrolmentStatus, Stand
from coldframe.domain.errors import AlreadyClaimed, Left, StaleLead, SuppressedContact
from coldframe.domain.gate import Prohibition
from coldframe.domain.permit import Permit


def at_the_gate(table: Table, permit: Permit) -> list[Action]:
    """The gate's first, then the mailbox's."""
    counts = counting(table, permit.gate, permit.after, requested_at=permit.requested_at)
    if permit.mailbox is None:
        return [counts]
    delivered = replace(permit.mailbox, requested=permit.after.requested)
    return [counts, delivering(table, permit.mailbox, delivered)]


def at_its_step(
    table: Table, enrolment: Enrolment, *, key: str, claim: Claim, stand: Stand
) -> Action:
    written = standing(enrolment, stand)
    return table.update(
        lead_key(enrolment.lead, ENROLMENT + enrolment.id),
        written.do.replace("SET ", "SET #claim = :claim, ", 1),
        when=f"{OPEN_RUN} AND attribute_not_exists(#claim)",
        names={"#claim": f"{CLAIM}{key}", **written.names},
        values={
            "claim": claim_item(claim),
            "open": EnrolmentStatus.OPEN,
            "generation": enrolment.generation,
            **written.values,
        },
    )


def of_a_recipient(table: Table, lead: str, *, occurrence: str, claim: Claim) -> Action:
    recipient = Enrolment(
        lead=lead,
        id=occurrence,
        journey="",
        status=EnrolmentStatus.CLOSED,
        step="",
        since=claim.at,
        generation=1,
        started_at=claim.at,
        requested_at=claim.at,
        reason="completed",
        claims={claim.mail: claim},
    )
    return table.put(
        lead_key(lead, ENROLMENT + occurrence),
        enrolment_item(recipient),
        when="attribute_not_exists(#sk)",
    )


def why_no_claim(enrolment: Enrolment, key: str, item: Item | None) -> Exception:
    stored = enrolment_of(item) if item else None
    if stored is None or not same_run(stored, enrolment):
        return Left(enrolment.id)
    if key in stored.claims:
        return AlreadyClaimed(stored.claims[key].message)
    return StaleLead(enrolment.lead)


def why_no_mail(permit: Permit, lost: Mapping[int, Item | None]) -> Exception:
    """A prohibition ends it; a gate or mailbox that only moved is asked again.

    ``lost``: by place in the transaction; the gate's is the second.
    """
    gate = gate_of(permit.lead, lost.get(1) or {})
    opted_out, requested_at = gate.unsubscribed_at, permit.requested_at
    standing_now = {
        Prohibition.ERASED: gate.erased_at,
        Prohibition.COMPLAINED: gate.complained_at,
        Prohibition.BOUNCED: gate.bounced_at,
        Prohibition.UNSUBSCRIBED: opted_out
        if requested_at is None or (opted_out is not None and opted_out > requested_at)
        else None,
    }
    for prohibition, at in standing_now.items():
        if at is not None:
            return SuppressedContact(prohibition.value)
    return StaleLead(permit.lead)
