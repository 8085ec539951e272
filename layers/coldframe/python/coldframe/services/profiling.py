"""Who comes to a form by a mail's link is known: it is asked only for what it hasn't told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.erasure import is_gone
from coldframe.domain.errors import InvalidToken, UnknownForm
from coldframe.domain.form import ASKED, Form, FormField
from coldframe.services.following import KNOWN_AS

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, LinkClaims, Links, Playbook, Profiles

FRESH: Final = timedelta(hours=24)
"""How long somebody may take to fill in what a link asked for."""
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
        profile = self.profiles.get(link.lead)
        if profile is None or is_gone(profile) or not form.ask:
            return f"/forms/{form.form}"
        told = frozenset(profile.fields)
        names = [each.name for each in _askable(form) if each.name not in told][: form.ask]
        asked = self.links.sign(
            ASKED,
            lead=link.lead,
            message=link.message,
            target=f"{form.form} {' '.join(names)}",
            index=int(self.clock.now().timestamp()),
        )
        return f"/forms/{form.form}?{ASKED}={asked}"


def narrowed(form: Form, link: LinkClaims, *, now: datetime) -> Form:
    """The form with what the link asks for, and nothing else.

    InvalidToken when it is of another form, or older than a day.
    """
    name, *asked = link.target.split()
    age = now - datetime.fromtimestamp(max(link.index, 0), tz=now.tzinfo)
    if name != form.form or not timedelta() <= age + timedelta(minutes=1) <= FRESH:
        raise InvalidToken("for another form, or another day")
    kept = tuple(each for each in _askable(form) if each.name in asked)
    return replace(form, fields=kept, result=None)


def _askable(form: Form) -> Sequence[FormField]:
    return [each for each in form.fields if each.type not in NEVER_ASKED]
