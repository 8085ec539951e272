"""Mails of ours that follow from what a lead asked for: a confirmation, the way to its data."""

from collections.abc import Iterator
from datetime import timedelta

from coldframe.domain.consent import unconfirmed
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import DATA_REQUESTED, Touchpoint

CONFIRM_MAIL = "_confirm"
DATA_MAIL = "_your-data"
FRESH = timedelta(hours=24)
"""How long the link in that mail opens anything."""


def mails_asked_for(profile: Profile, touchpoint: Touchpoint) -> Iterator[Decision]:
    """``profile``: with the touchpoint. Nobody confirms what stands already."""
    if unconfirmed(profile.consents, profile.withdrawn, touchpoint):
        yield _mail(touchpoint, CONFIRM_MAIL)
    if touchpoint.kind == DATA_REQUESTED:
        yield _mail(touchpoint, DATA_MAIL)


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
