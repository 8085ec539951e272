"""What a form post shows of where it comes from; nothing is asked of the table."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from coldframe.domain.errors import InvalidToken
from coldframe.domain.form import SHOWN, TRAP, Form
from coldframe.domain.suspicion import Sign

if TYPE_CHECKING:
    from coldframe.adapters.links import SignedLinks
    from coldframe.entrypoints.http import Request

FORM = "form"
"""The purpose of the token that says when a form was shown."""
FASTEST = 2
"""Seconds that a person needs at least to fill in a form."""
OLDEST = 24 * 3600


def signs_of(
    request: "Request",
    form: Form,
    values: Mapping[str, object],
    *,
    links: Callable[[], "SignedLinks"],
    now: datetime,
) -> list[Sign]:
    found = [
        Sign.TRAPPED if values.get(TRAP) else None,
        _age(values.get(SHOWN), form, links, now),
        _origin(request, form),
    ]
    return [sign for sign in found if sign]


def shown_token(form: str, links: "SignedLinks", now: datetime) -> str:
    return links.sign(FORM, lead="", target=form, index=int(now.timestamp()))


def _age(
    token: object, form: Form, links: Callable[[], "SignedLinks"], now: datetime
) -> Sign | None:
    if not token:
        return Sign.UNDATED
    try:
        shown = links().read(FORM, str(token))
    except InvalidToken:
        return Sign.FORGED
    seconds = now.timestamp() - shown.index
    if shown.target != form.form or seconds < 0:
        return Sign.FORGED
    if seconds < FASTEST:
        return Sign.TOO_FAST
    return Sign.TOO_OLD if seconds > OLDEST else None


def _origin(request: "Request", form: Form) -> Sign | None:
    """A client that doesn't say where its pages are may have them anywhere."""
    said = request.headers.get("origin", "")
    page = said if said not in {"", "null"} else request.headers.get("referer", "")
    place = _place(page)
    if not place:
        return Sign.NOWHERE
    known = {request.headers.get("host", ""), _place(form.redirect), *map(_place, form.sites)}
    return Sign.ELSEWHERE if form.sites and place not in known else None


def _place(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
