"""Why a lead got a mail, from its record: what the lead did, where that led, what it agreed to."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.consent import Consent
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyThisMail:
    """Each part is empty where the record, or the playbook, no longer says it."""

    sent_at: datetime | None
    form: str = ""
    event: str = ""
    happened_at: datetime | None = None
    """When the form was filled in, or the event came."""
    journey: str = ""
    """Its title."""
    asked_for: bool = False
    topic: str = ""
    """Its label."""
    consent: Consent | None = None


def why_this_mail(
    *,
    sent_at: datetime | None,
    mail: Mail | None,
    cause: Touchpoint | None,
    form: str,
    journey: str,
    profile: Profile | None,
    client: Client,
) -> WhyThisMail:
    """``form``: its title, if it was a form that brought the lead here."""
    topic = mail.topic if mail else None
    consent = profile.consents.get(topic or "") if profile else None
    by_form = cause is not None and cause.kind == FORM_SUBMITTED
    return WhyThisMail(
        sent_at=sent_at,
        form=form if by_form else "",
        event="" if by_form or cause is None else cause.kind,
        happened_at=cause.occurred_at if cause else None,
        journey=journey,
        asked_for=mail is not None and mail.kind is MailKind.REQUESTED,
        topic=client.topics.get(topic, topic) if topic else "",
        consent=consent,
    )
