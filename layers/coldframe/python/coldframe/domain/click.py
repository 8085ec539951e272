"""Touchpoints of a mail's links and pictures: read as evidence, and the click derived from them."""

from collections.abc import Iterable
from datetime import datetime

from coldframe.domain.evidence import Evidence
from coldframe.domain.message import LANDED, Message
from coldframe.domain.touchpoint import (
    EMAIL_CLICKED,
    EMAIL_OPENED,
    LINK_FOLLOWED,
    TICK,
    VISITOR_IDENTIFIED,
    Touchpoint,
    record,
)

OBSERVATION = "O#"
"""What a tick is about: the observation of this message."""
EVIDENCE = frozenset({LINK_FOLLOWED, EMAIL_OPENED, VISITOR_IDENTIFIED})


def observed_message(touchpoint: Touchpoint) -> str | None:
    """The message that this touchpoint is evidence about, or the time to judge it."""
    if touchpoint.kind in (LINK_FOLLOWED, EMAIL_OPENED):
        return str(touchpoint.data["message"])
    about = str(touchpoint.data.get("about", "")) if touchpoint.kind == TICK else ""
    return about.removeprefix(OBSERVATION) if about.startswith(OBSERVATION) else None


def message_that_led_here(touchpoint: Touchpoint) -> str:
    """Whose link its page was come to by; empty: none, or it is told under another identity."""
    if touchpoint.kind != VISITOR_IDENTIFIED or touchpoint.origin:
        return ""
    return str(touchpoint.data.get("message", ""))


def evidence_in(touchpoints: Iterable[Touchpoint], message: str) -> dict[str, Evidence]:
    return {
        each.id: Evidence(
            at=each.occurred_at,
            link=_link(each),
            agent=str(each.data.get("agent", "")),
            is_bot=bool(each.data.get("is_bot", False)),
            method=str(each.data.get("method", "GET")),
            network=str(each.data.get("network", "")),
        )
        for each in touchpoints
        if each.kind in EVIDENCE and each.data.get("message") == message
    }


def _link(touchpoint: Touchpoint) -> int | None:
    if touchpoint.kind == VISITOR_IDENTIFIED:
        return LANDED
    return int(touchpoint.data["link"]) if touchpoint.kind == LINK_FOLLOWED else None


def clicked_links(touchpoints: Iterable[Touchpoint], message: str) -> set[int]:
    """Links of this message that have counted as clicked."""
    return {
        int(each.data["link"])
        for each in touchpoints
        if each.kind == EMAIL_CLICKED and each.data.get("message") == message
    }


def click(
    follow: Touchpoint, message: Message | None, *, human: float, received_at: datetime, depth: int
) -> Touchpoint:
    """The click that a person's follow is, at the follow's instant; its id is always the same.

    ``human``: the probability that made it one, for scores and reports to go by.
    """
    data = {
        "message": follow.data["message"],
        "link": follow.data["link"],
        "target": follow.data.get("target", ""),
        "mail": message.mail if message else "",
        "enrolment": message.enrolment if message else "",
        "journey": message.journey if message else "",
        "human": human,
    }
    return record(
        lead=follow.lead,
        kind=EMAIL_CLICKED,
        source="observation",
        received_at=received_at,
        occurred_at=follow.occurred_at,
        data=data,
        own_id=f"{data['message']}#{data['link']}",
        depth=depth,
    )
