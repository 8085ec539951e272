"""The message item: what was meant, what was done, and what SES told of it."""

from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.domain.message import Message, MessageState

PREFIX = "M#"


def message_of(item: Item) -> Message:
    return Message(
        lead=item["pk"].removeprefix("L#"),
        id=item["sk"].removeprefix(PREFIX),
        mail=item["mail"],
        enrolment=item["enrolment"],
        journey=item["journey"],
        step=item["step"],
        state=MessageState(item["state"]),
        at=instant(item["at"]),
        why=item.get("why", ""),
        detail=item.get("detail", ""),
        until=instant_or_none(item.get("until")),
        attempt=item.get("attempt", 1),
        by=item.get("by", ""),
        ses_id=item.get("ses_id", ""),
        sent_at=instant_or_none(item.get("sent_at")),
        delivered_at=instant_or_none(item.get("delivered_at")),
        bounced_at=instant_or_none(item.get("bounced_at")),
        bounce=item.get("bounce", ""),
        bounced_why=item.get("bounced_why", ""),
        rejected_at=instant_or_none(item.get("rejected_at")),
        rejected_why=item.get("rejected_why", ""),
        complained_at=instant_or_none(item.get("complained_at")),
        delayed_at=instant_or_none(item.get("delayed_at")),
        content_hash=item.get("content_hash", ""),
        links=item.get("links", 0),
        requested=item.get("requested", False),
    )


def message_values(message: Message) -> dict[str, Any]:
    """What a write may set; SES's own facts are kept apart, first wins."""
    return {
        "mail": message.mail,
        "enrolment": message.enrolment,
        "journey": message.journey,
        "step": message.step,
        "state": message.state,
        "at": message.at,
        "why": message.why or None,
        "detail": message.detail or None,
        "until": message.until,
        "attempt": message.attempt,
        "by": message.by or None,
        "content_hash": message.content_hash or None,
        "links": message.links or None,
        "requested": message.requested or None,
    }


FIRST_WINS = ("ses_id", "sent_at", "delivered_at")


def first_wins_values(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) or None for name in FIRST_WINS}
