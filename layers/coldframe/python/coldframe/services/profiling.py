"""Who comes to a form by a mail's link, or again to a page of the client's, is asked only for
what it hasn't told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.erasure import is_gone
from coldframe.domain.errors import InvalidToken, UnknownForm
from coldframe.domain.form import ASKED, Form, FormField
from coldframe.domain.visitor import known_again
from coldframe.services.following import KNOWN_AS

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, LinkClaims, Links, Playbook, Profiles
    from coldframe.services.ports.visits import Visitors

FRESH: Final = timedelta(hours=24)
"""How long somebody may take to fill in what a link asked for."""
FRESH_AT_A_BROWSER: Final = timedelta(hours=1)
"""Likewise, where no link was followed: somebody else may come to sit there."""
NEVER_ASKED: Final = frozenset({"email", "consent"})
"""Types: who is known has an address, and nobody agrees to anything by another's link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiling:
    profiles: Profiles
    links: Links
    playbook: Playbook
    clock: Clock

    def __call__(self, token: str) -> str:
        """Where the form is, asking for what is missing; whole if its lead is gone.

        InvalidToken for a link that isn't ours, or whose form is gone.
        """
        link = self.links.read(KNOWN_AS, token)
        try:
            form = self.playbook.form(link.target)
        except UnknownForm as error:
            raise InvalidToken("its form is gone") from error
        asked = self.asked(form, link.lead, message=link.message)
        return f"/forms/{form.form}?{ASKED}={asked}" if asked else f"/forms/{form.form}"

    def asked(self, form: Form, lead: str, *, message: str = "") -> str:
        """A token that says which fields are missing; "" if the lead is gone, or never was.

        ``message``: whose link was followed.
        """
        profile = self.profiles.get(lead) if form.ask else None
        if profile is None or is_gone(profile):
            return ""
        told = frozenset(profile.fields)
        names = [each.name for each in _askable(form) if each.name not in told][: form.ask]
        return self.links.sign(
            ASKED,
            lead=lead,
            message=message,
            target=f"{form.form} {' '.join(names)}",
            index=int(self.clock.now().timestamp()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowingAgain:
    """A browser whose visitor consented to be known, at a page of the client's."""

    visitors: Visitors
    profiling: Profiling

    def __call__(self, form: Form, visitor: str, before: Sequence[str]) -> str:
        """The same kind of token; "" for whoever isn't evidently one lead, the only one there.

        ``before``: what the browser called itself earlier.
        """
        now = self.visitors.identified(visitor) if form.ask else None
        if now is None:
            return ""
        lead = known_again(now, [self.visitors.identified(each) for each in before])
        return self.profiling.asked(form, lead) if lead else ""


def narrowed(form: Form, link: LinkClaims, *, now: datetime) -> Form:
    """The form with what the link asks for, and nothing else.

    InvalidToken when it is of another form, or older than a day (an hour, without a mail's link).
    """
    name, *asked = link.target.split()
    fresh = FRESH if link.message else FRESH_AT_A_BROWSER
    age = now - datetime.fromtimestamp(max(link.index, 0), tz=now.tzinfo)
    if name != form.form or not timedelta() <= age + timedelta(minutes=1) <= fresh:
        raise InvalidToken("for another form, or another day")
    kept = tuple(each for each in _askable(form) if each.name in asked)
    return replace(form, fields=kept, result=None)


def _askable(form: Form) -> Sequence[FormField]:
    return [each for each in form.fields if each.type not in NEVER_ASKED]
