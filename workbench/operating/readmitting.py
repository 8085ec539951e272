"""An address that bounced or complained gets mail again, because a person says so."""

from typing import Any

from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.gate import Prohibition
from coldframe.domain.record import LeadRecord
from coldframe.domain.touchpoint import record as recorded
from workbench.leads.sources import Reached

READMITTED = "lead.readmitted"
"""The touchpoint that keeps who decided so, and why."""
SOURCE = "operator"


def readmitted(found: Reached, lead: LeadRecord, *, tenant: str, why: str) -> list[str]:
    """What was lifted; ``tenant``: the client's name at SES.

    SES's own list is cleared as well, or it would go on refusing the address.
    A complaint took every consent back: marketing comes only after the lead confirms anew.
    """
    table, now = found.deployed.records.table, found.now()
    standing = {
        Prohibition.BOUNCED: lead.gate.bounced_at,
        Prohibition.COMPLAINED: lead.gate.complained_at,
    }
    lifted = [prohibition for prohibition, at in standing.items() if at]
    if not lifted:
        return []
    _clear_ses(found.client("sesv2"), lead, tenant)
    told = recorded(
        lead=lead.lead,
        kind=READMITTED,
        source=SOURCE,
        received_at=now,
        data={"lifted": [each.value for each in lifted], "why": why},
        own_id=now.isoformat(),
    )
    DynamoTouchpoints(table).append(told)
    for prohibition in lifted:
        DynamoGates(table).lift(lead.lead, prohibition, now)
    return [each.value for each in lifted]


def _clear_ses(ses: Any, lead: LeadRecord, tenant: str) -> None:
    if lead.profile is None:
        return
    try:
        ses.delete_suppressed_destination(EmailAddress=lead.profile.address, TenantName=tenant)
    except ses.exceptions.NotFoundException:
        return
