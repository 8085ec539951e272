"""client.json: who a client is, who writes for it, what may go out, and who is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coldframe.domain.allowance import Allowance
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.quiet_days import QuietDays
from coldframe.domain.replies.settings import Replies


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    address: str
    signature: str = ""
    """The lines below their mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address of the client's that journeys report to."""

    webhook: str
    url: str
    fields: tuple[str, ...] = ()
    """What of the lead is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A service that tells of leads by its own webhooks."""

    source: str
    sender: str
    """stripe | zoom | typeform: how it signs and writes."""
    event: str = ""
    """What it comes to here; empty: the sender's own purchases and refunds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """client.json"""

    client: str
    environment: str
    name: str
    zone: str
    locale: str
    sender: Person
    reply_to: str
    postal: str
    owner: Person
    topics: Mapping[str, str]
    caps: tuple[CapRule, ...] = ()
    quiet_hours: QuietHours | None = None
    quiet_days: QuietDays | None = None
    allowance: Allowance | None = None
    """Of what the account may send; None: mails go as fast as they come."""
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """What its mails are written in, its own first."""
    replies: Replies | None = None
    """None: answers go to ``reply_to``, and we never see them."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """Who mails may come from, by a short name; a lead's field `rep` names one of them."""
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)
    referrals: str = ""
    """Where a lead's own link leads: an absolute URL, or `form:<name>`; empty: it has none."""
