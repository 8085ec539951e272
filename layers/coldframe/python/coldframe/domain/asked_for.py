"""Mails of ours that follow from what a lead asked for: a confirmation, the way to its data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from coldframe.domain.address_change import Moved, is_asked, is_settling, is_void, still_offered
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
TO_ONE_ADDRESS = ABOUT_ADDRESSES | {DATA_MAIL}
"""These go to the address that they were asked for, or nowhere."""
SUPERSEDED = "superseded"
"""Why such a mail isn't sent: the address was changed since, or another named, or taken back."""
FRESH = timedelta(hours=24)
"""How long the link in that mail opens anything."""


def mails_asked_for(profile: Profile, touchpoint: Touchpoint) -> Iterator[Decision]:
    """``profile``: with the touchpoint. Nobody confirms what stands already."""
    if unconfirmed(profile.consents, profile.withdrawn, touchpoint):
        yield _mail(touchpoint, CONFIRM_MAIL)
    if touchpoint.kind == DATA_REQUESTED and not is_settling(profile, touchpoint.occurred_at):
        yield _mail(touchpoint, DATA_MAIL)
    if touchpoint.kind == ADDRESS_OFFERED and is_asked(profile, touchpoint):
        yield _mail(touchpoint, NEW_ADDRESS_MAIL)
    if touchpoint.kind == IDENTITY_LINKED and _is_told_where_it_was(touchpoint):
        yield _mail(touchpoint, OLD_ADDRESS_MAIL)


def _is_told_where_it_was(touchpoint: Touchpoint) -> bool:
    """Who took the change back did so there; and no mail is sent to where they all come back."""
    told = touchpoint.data
    return bool(told.get("was")) and not told.get("undoes") and not told.get("unreachable")


def written_to(profile: Profile, mail: str, at: datetime) -> Profile | None:
    """As the mail that was asked for at that instant is addressed: two of ours go to another
    address than all others do. None: another address was named, or the change taken back, since;
    or the way to the lead's data was asked for, and would go to another address than it was then.
    """
    if mail == NEW_ADDRESS_MAIL:
        offered = still_offered(profile)
        is_it = offered is not None and offered.at == at
        return replace(profile, address=offered.value) if offered and is_it else None
    if mail == OLD_ADDRESS_MAIL:
        change = change_at(profile, at)
        return replace(profile, address=change.was) if change else None
    if mail == DATA_MAIL and is_settling(profile, at):
        return None
    return profile


def change_at(profile: Profile, at: datetime) -> Moved | None:
    """The change of that instant, if it stands."""
    if is_void(profile.changes, at):
        return None
    return next((each for each in profile.changes if each.at == at), None)


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
