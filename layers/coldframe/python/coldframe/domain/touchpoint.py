"""What a person or a mailbox did, recorded once, and the ids that derive from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coldframe.domain.instants import milliseconds

MAX_DEPTH = 8

FORM_SUBMITTED = "form.submitted"
FORM_QUARANTINED = "form.quarantined"
LEAD_IMPORTED = "lead.imported"
"""What a file told of a lead. It is learned in silence: nobody enters anything by it."""
LINK_FOLLOWED = "link.followed"
EMAIL_OPENED = "email.opened"
EMAIL_CLICKED = "email.clicked"
EMAIL_BOUNCED = "email.bounced"
EMAIL_COMPLAINED = "email.complained"
EMAIL_REPLIED = "email.replied"
SALES_CONTACTED = "sales.contacted"
UNSUBSCRIBED = "unsubscribed"
PREFERENCES_CHANGED = "preferences.changed"
KNOWN = "known"
"""In a post's data: it tells of a lead that is known already, whose address it doesn't hold."""
QUESTION_ANSWERED = "question.answered"
"""By a button of a mail."""
CONSENT_CONFIRMED = "consent.confirmed"
DATA_REQUESTED = "data.requested"
"""The lead asks for everything about it, or to be forgotten."""
SEGMENT_ENTERED = "segment.entered"
SEGMENT_LEFT = "segment.left"
ALERT_RAISED = "alert.raised"
FIELDS_SET = "fields.set"
SCORE_GIVEN = "score.given"
JOURNEY_REQUESTED = "journey.requested"
MARKETING_STOPPED = "marketing.stopped"
"""A journey ended in the decision to write to the lead no more, until it comes back by itself."""
ADDRESS_OFFERED = "address.offered"
"""The lead wants its mails at another address, which has still to confirm it."""
IDENTITY_LINKED = "identity.linked"
"""Two identities are one person, by a person's word or a link that was mailed to both."""
COMPANY_CHANGED = "company.changed"
"""What a lead's colleagues add up to by now."""
TICK = "tick"
PAGE_VIEWED = "page.viewed"
PAGE_READ = "page.read"
"""It was left, and come back to."""
FILE_DOWNLOADED = "file.downloaded"
VIDEO_PLAYED = "video.played"
PURCHASE_MADE = "purchase.made"
REFUND_MADE = "refund.made"
LOGIN_MADE = "login.made"
REFERRAL_MADE = "referral.made"
"""Somebody new came by the lead's own link."""
REFERRAL_ENDED = "referral.ended"
"""Nobody sent the lead, or nobody that we may know of."""
VISITOR_IDENTIFIED = "visitor.identified"
"""A link that we sent was followed to a page of the client's, which tells whose browser that is."""

BUILT_IN_KINDS = frozenset(
    {
        FORM_SUBMITTED,
        FORM_QUARANTINED,
        LEAD_IMPORTED,
        LINK_FOLLOWED,
        EMAIL_OPENED,
        EMAIL_CLICKED,
        EMAIL_BOUNCED,
        EMAIL_COMPLAINED,
        EMAIL_REPLIED,
        SALES_CONTACTED,
        UNSUBSCRIBED,
        PREFERENCES_CHANGED,
        QUESTION_ANSWERED,
        CONSENT_CONFIRMED,
        DATA_REQUESTED,
        SEGMENT_ENTERED,
        SEGMENT_LEFT,
        ALERT_RAISED,
        FIELDS_SET,
        SCORE_GIVEN,
        JOURNEY_REQUESTED,
        MARKETING_STOPPED,
        ADDRESS_OFFERED,
        IDENTITY_LINKED,
        COMPANY_CHANGED,
        TICK,
        PAGE_VIEWED,
        PAGE_READ,
        FILE_DOWNLOADED,
        VIDEO_PLAYED,
        PURCHASE_MADE,
        REFUND_MADE,
        LOGIN_MADE,
        REFERRAL_MADE,
        REFERRAL_ENDED,
        VISITOR_IDENTIFIED,
    }
)

NOT_THE_LEAD = frozenset(
    {
        LEAD_IMPORTED,
        LINK_FOLLOWED,
        EMAIL_OPENED,
        EMAIL_BOUNCED,
        SALES_CONTACTED,
        SEGMENT_ENTERED,
        SEGMENT_LEFT,
        ALERT_RAISED,
        FIELDS_SET,
        SCORE_GIVEN,
        JOURNEY_REQUESTED,
        MARKETING_STOPPED,
        IDENTITY_LINKED,
        COMPANY_CHANGED,
        TICK,
        REFUND_MADE,
        REFERRAL_MADE,
        REFERRAL_ENDED,
        VISITOR_IDENTIFIED,
    }
)
"""Kinds that somebody else brings about, or perhaps a machine; all others the lead did itself."""


def short_hash(*parts: str) -> str:
    """26 characters of base-32-like hex that stand for ``parts``; stable for ever."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:26]


def content_of(data: Mapping[str, Any]) -> str:
    """One text for the same data, in whatever order it is written."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """One thing that happened, under one lead; ``id`` is ``<UTC day>#<hash>``."""

    lead: str
    id: str
    kind: str
    occurred_at: datetime
    received_at: datetime
    source: str
    data: Mapping[str, Any] = field(default_factory=dict)
    depth: int = 0
    origin: str = ""
    """The identity that it was received under, if that was moved to this lead."""
    history: bool = False
    """It was reacted to under its origin: here it is learned, and nothing else follows."""


def record(
    *,
    lead: str,
    kind: str,
    source: str,
    received_at: datetime,
    occurred_at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
    own_id: str = "",
    depth: int = 0,
) -> Touchpoint:
    """Build a touchpoint whose id derives from its day, source, kind, content and the source's id.

    With ``own_id`` (the source's own id or the form's nonce) the content is left out of the hash.
    A future ``occurred_at`` is clamped to receipt.
    """
    received_at = milliseconds(received_at)
    happened = min(milliseconds(occurred_at or received_at), received_at)
    content = own_id or content_of(data or {})
    day = (happened if own_id else received_at).strftime("%Y-%m-%d")
    return Touchpoint(
        lead=lead,
        id=f"{day}#{short_hash(source, kind, content)}",
        kind=kind,
        occurred_at=happened,
        received_at=received_at,
        source=source,
        data=dict(data or {}),
        depth=depth,
    )
