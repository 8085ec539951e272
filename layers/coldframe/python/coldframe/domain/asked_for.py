"""Mails of ours that follow from what a lead asked for: a confirmation, the way to its data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from coldframe.domain.consent import unconfirmed
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import (
    ADDRESS_OFFERED,
    DATA_REQUESTED,
    IDENTITY_LINKED,
    Touchpoint,
)

CONFIRM_MAIL = "_confirm"
DATA_MAIL = "_your-data"
NEW_ADDRESS_MAIL = "_new-address"
"""Goes to the address that a lead would rather be written to."""
OLD_ADDRESS_MAIL = "_old-address"
"""Tells the address that it was of the change."""
ABOUT_ADDRESSES = frozenset({NEW_ADDRESS_MAIL, OLD_ADDRESS_MAIL})
"""Whoever reads these may be another than the lead, and must not end the lead's mails."""
FRESH = timedelta(hours=24)
"""How long the link in that mail opens anything."""
SETTLING = timedelta(days=7)
"""So long after a change of address nobody is mailed the way to a lead's data: whoever read a
forwarded mail could have changed it, and the old address has been told.
"""


def mails_asked_for(profile: Profile, touchpoint: Touchpoint) -> Iterator[Decision]:
    """``profile``: with the touchpoint. Nobody confirms what stands already."""
    if unconfirmed(profile.consents, profile.withdrawn, touchpoint):
        yield _mail(touchpoint, CONFIRM_MAIL)
    if touchpoint.kind == DATA_REQUESTED and data_is_mailed(profile, touchpoint.occurred_at):
        yield _mail(touchpoint, DATA_MAIL)
    if touchpoint.kind == ADDRESS_OFFERED:
        yield _mail(touchpoint, NEW_ADDRESS_MAIL)
    if touchpoint.kind == IDENTITY_LINKED and touchpoint.data.get("was"):
        yield _mail(touchpoint, OLD_ADDRESS_MAIL)


def data_is_mailed(profile: Profile, at: datetime) -> bool:
    return profile.changed is None or at >= profile.changed.at + SETTLING


def written_to(profile: Profile, mail: str) -> Profile:
    """As the mail is addressed: two of ours go to another address than all others do."""
    if mail == NEW_ADDRESS_MAIL and profile.offered:
        return replace(profile, address=profile.offered.value)
    if mail == OLD_ADDRESS_MAIL and profile.changed:
        return replace(profile, address=profile.changed.was)
    return profile


def _mail(cause: Touchpoint, mail: str) -> Decision:
    return Decision(
        lead=cause.lead,
        id=f"{cause.id}#{DecisionKind.MAIL}#{mail}",
        kind=DecisionKind.MAIL,
        cause=cause.id,
        at=cause.occurred_at,
        journey="",
        data={"mail": mail},
    )
