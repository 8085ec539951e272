"""The events that every client hears of; the docs are made of this table."""

from typing import Final

from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.catalogue import BUILT_IN, EventSpec


def _event(kind: str, label: str, about: str, **properties: Type) -> EventSpec:
    return EventSpec(kind=kind, label=label, about=about, properties=properties, origin=BUILT_IN)


EVENTS: Final = (
    _event(
        "company.changed",
        "company changed",
        "what the lead's colleagues add up to became another",
        company=Type.TEXT,
        name=Type.TEXT,
        lifecycle=Type.TEXT,
    ),
    _event("form.submitted", "form sent", "a form was sent", form=Type.TEXT),
    _event(
        "question.answered",
        "question answered",
        "a question of a mail was answered by its buttons",
        field=Type.TEXT,
        value=Type.TEXT,
        mail=Type.TEXT,
    ),
    _event(
        "email.clicked",
        "mail's link followed",
        "a person, not a scanner, followed a link of a mail",
        mail=Type.TEXT,
        journey=Type.TEXT,
        target=Type.TEXT,
        link=Type.NUMBER,
    ),
    _event("email.replied", "reply", "the lead answered a mail", mail=Type.TEXT),
    _event("sales.contacted", "contacted by sales", "a person of the client's spoke with it"),
    _event(
        "marketing.stopped",
        "no more marketing",
        "a journey decided to write to the lead no more",
        journey=Type.TEXT,
    ),
    _event("email.bounced", "mail bounced", "a mail could not be delivered", mail=Type.TEXT),
    _event("email.complained", "complaint", "a mail was reported as spam", mail=Type.TEXT),
    _event("unsubscribed", "unsubscribed", "the lead asked for no more mail"),
    _event(
        "page.viewed",
        "page seen",
        "a page of the client's site was seen; seconds tell for how long",
        path=Type.TEXT,
        site=Type.TEXT,
        seconds=Type.NUMBER,
        source=Type.TEXT,
        medium=Type.TEXT,
        campaign=Type.TEXT,
    ),
    _event(
        "purchase.made",
        "purchase",
        "something was bought, as a signed source tells",
        product=Type.TEXT,
        currency=Type.TEXT,
        order=Type.TEXT,
    ),
    _event(
        "refund.made",
        "refund",
        "money was paid back, as a signed source tells",
        product=Type.TEXT,
        currency=Type.TEXT,
        order=Type.TEXT,
    ),
    _event("login.made", "login", "the lead logged in, as a signed source tells"),
    _event(
        "referral.made",
        "referral",
        "somebody new came by the lead's own link, and confirmed that where the form asks",
        form=Type.TEXT,
    ),
    _event(
        "page.read",
        "page read on",
        "a page was left and come back to",
        path=Type.TEXT,
        site=Type.TEXT,
        seconds=Type.NUMBER,
    ),
    _event(
        "file.downloaded",
        "file downloaded",
        "a file was fetched from the client's site, or by a link of a form's or a mail's, by a"
        " person and no scanner",
        file=Type.TEXT,
        path=Type.TEXT,
        form=Type.TEXT,
        mail=Type.TEXT,
    ),
    _event(
        "video.played",
        "video played",
        "a video of the client's site was begun",
        video=Type.TEXT,
        path=Type.TEXT,
    ),
)
