"""Touchpoints of a mail's links and pictures: read as evidence, and the click derived from them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from coldframe.domain.download import download, downloaded, is_given
from coldframe.domain.evidence import Evidence
from coldframe.domain.message import LANDED, Message
from coldframe.domain.observation import Follow
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


def drawn_from(
    follows: Mapping[int, Follow],
    received: Iterable[Touchpoint],
    about: tuple[str, Message | None],
    *,
    received_at: datetime,
    depth: int,
) -> Iterator[Touchpoint]:
    """What a person's follows come to: a click of the mail's, and a download if a file lay there.

    ``about``: the observation's name, and the mail if it is one's. ``received``: all that lies
    there, what was drawn before included.
    """
    told = list(received)
    name, message = about
    clicked, fetched = clicked_links(told, name), downloaded(told, name)
    by_id = {each.id: each for each in told}
    for link, each in follows.items():
        follow = by_id.get(each.touchpoint)
        if follow is None:
            continue
        if link not in clicked and not is_given(name):
            yield click(follow, message, human=each.human, received_at=received_at, depth=depth)
        file = follow.data.get("file")
        if file and file not in fetched:
            fetched.add(file)
            yield download(follow, message, human=each.human, received_at=received_at, depth=depth)
