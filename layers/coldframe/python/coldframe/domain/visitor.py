"""Who visits the client's pages before we know a name: a collection of its own, until it joins."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from coldframe.domain import touchpoint as kinds
from coldframe.domain.touchpoint import Touchpoint

_MARK: Final = "v"
"""No lead's id holds it: those are hexadecimal."""
_OWN = re.compile(r"[A-Za-z0-9_-]{20,64}")
MOST_JOINED: Final = 500
"""So many of a visitor's visits, the newest, join the lead at once."""


def visitor_id(hashed: Callable[[str], str], own: str) -> str:
    """Where the visits of the browser that calls itself ``own`` lie; its own id is never stored.

    ``hashed``: what makes a lead's id out of an address, with the client's key.
    """
    return _MARK + hashed(f"visitor {own}")[:25]


def is_visitor(collection: str) -> bool:
    return collection.startswith(_MARK)


def is_own_id(text: object) -> bool:
    """Random enough that nobody guesses another's."""
    return isinstance(text, str) and _OWN.fullmatch(text) is not None


class NamedBy(StrEnum):
    FORM = "form"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A lead that is said to sit at a visitor's browser."""

    at: datetime
    since: datetime | None
    """What was visited from then on is the lead's; None: all that ever was."""
    by: NamedBy
    confirmed: bool = False
    """By the mail that asked back."""


def name_in(touchpoint: Touchpoint, *, new: bool) -> Name | None:
    """Anybody may post a form in another's name, and follow a link that was passed on. So a name
    holds from when it is given; what was visited before is the lead's only by a post that is the
    first we hear of it (``new``), or one that was confirmed by the mail that asked back.
    """
    at, by = touchpoint.occurred_at, NamedBy.FORM
    match touchpoint.kind:
        case kinds.VISITOR_IDENTIFIED:
            followed = touchpoint.data.get("followed")
            since = datetime.fromisoformat(followed) if followed else at
            return Name(at=at, since=since, by=NamedBy.LINK)
        case kinds.CONSENT_CONFIRMED:
            return Name(at=at, since=None, by=by, confirmed=True)
        case kinds.FORM_SUBMITTED if not touchpoint.data.get(kinds.KNOWN):
            return Name(at=at, since=None if new else at, by=by)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Which lead a visitor turned out to be; the first one counts."""

    lead: str
    by: NamedBy = NamedBy.FORM
    since: datetime | None = None
    """None: also what was visited before it had a name."""
    until: datetime | None = None
    """From then on somebody else sat there too: what the visitor does is nobody's."""

    evident: bool = False
    """Whose it is: a post from there was confirmed, or a mail was read there as well."""

    def owns(self, at: datetime) -> bool:
        named = self.since is None or at >= self.since
        return named and (self.until is None or at <= self.until)

    def named_again(self, name: Name) -> "Identified":
        """By the same lead. Who posts in its name and reads its mails is the lead itself."""
        both = name.by is not self.by
        evident = self.evident or name.confirmed or both
        if self.since is None or name.since is None or both:
            return replace(self, since=None, evident=evident)
        return replace(self, since=min(self.since, name.since), evident=evident)


def known_again(now: Identified | None, before: Sequence[Identified | None]) -> str:
    """The one lead that evidently sits at a browser: "" unless all its visitors, the one of
    ``now`` and those it called itself ``before``, were named as that lead's and as nobody else's.
    """
    if now is None:
        return ""
    named = [now, *(each for each in before if each)]
    if any(each.lead != now.lead or each.until for each in named):
        return ""
    evident = len({each.by for each in named}) > 1 or any(each.evident for each in named)
    return now.lead if evident else ""
