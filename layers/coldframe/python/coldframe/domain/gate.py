"""The lead's gate: what forbids or counts mail. It outranks everything."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from coldframe.domain.local_time import DAY, local_date, midnight
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import CapRule

SLACK = timedelta(days=2)
"""A lead's zone may turn out to be another than we thought."""


class Prohibition(StrEnum):
    """Each is an instant on the gate item, ``<value>_at``; the latest one is kept."""

    UNSUBSCRIBED = "unsubscribed"
    COMPLAINED = "complained"
    BOUNCED = "bounced"
    ERASED = "erased"
    WITH_SALES = "with_sales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Prohibitions with their instants, and the marketing mails counted (newest last)."""

    lead: str
    revision: int = 0
    unsubscribed_at: datetime | None = None
    complained_at: datetime | None = None
    bounced_at: datetime | None = None
    erased_at: datetime | None = None
    with_sales_at: datetime | None = None
    mails: tuple[datetime, ...] = ()
    """Instants of counted mails, as long as any cap rule can ask for them."""


def prohibition(gate: Gate, kind: MailKind, *, requested_at: datetime) -> Prohibition | None:
    """What forbids this mail for good. A lead who opted out may ask for something afterwards."""
    if gate.erased_at:
        return Prohibition.ERASED
    if gate.complained_at:
        return Prohibition.COMPLAINED
    if gate.bounced_at:
        return Prohibition.BOUNCED
    asked_since = kind is MailKind.REQUESTED
    if gate.unsubscribed_at and not (asked_since and gate.unsubscribed_at <= requested_at):
        return Prohibition.UNSUBSCRIBED
    return None


def capped_until(
    gate: Gate, caps: Iterable[CapRule], *, now: datetime, zone: tzinfo
) -> datetime | None:
    """The midnight at which every rule has room again; None when all have it now.

    A rule of n days looks at today and the n - 1 calendar days before it, in the lead's zone.
    """
    return max(filter(None, (_full_until(gate, cap, now, zone) for cap in caps)), default=None)


def _full_until(gate: Gate, cap: CapRule, now: datetime, zone: tzinfo) -> datetime | None:
    today = local_date(now, zone)
    first = today - DAY * (cap.days - 1)
    counted = sorted(day for at in gate.mails if (day := local_date(at, zone)) >= first)
    if len(counted) < cap.mails:
        return None
    leaves = counted[len(counted) - cap.mails]
    return midnight(max(leaves + DAY * cap.days, today + DAY), zone)


def counted(gate: Gate, kind: MailKind, caps: Iterable[CapRule], *, now: datetime) -> Gate:
    """The gate after this mail: one more counted, those forgotten that no rule can ask for."""
    longest = max((cap.days for cap in caps), default=0)
    if kind is MailKind.REQUESTED or longest == 0:
        return gate
    kept = [at for at in gate.mails if at > now - DAY * longest - SLACK]
    return replace(gate, mails=tuple(sorted([*kept, now])))
