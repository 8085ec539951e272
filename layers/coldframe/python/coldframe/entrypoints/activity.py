"""Reads what a client's page tells of its visitor: whole, or not at all."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from coldframe.domain.agents import reads
from coldframe.domain.errors import InvalidSubmission, InvalidToken
from coldframe.domain.evidence import TELLS_WITHIN
from coldframe.domain.visit_pace import VisitPace
from coldframe.domain.visitor import is_own_id, visitor_id
from coldframe.domain.visits import PUBLIC, VisitRules, page_of, properties_of, touch_at
from coldframe.entrypoints.http import (
    BadRequest,
    BodyTooLarge,
    NotFound,
    Request,
    Unreadable,
    UnsupportedType,
)
from coldframe.services.following import VISIT
from coldframe.services.visiting import RecordVisits, Seen

if TYPE_CHECKING:
    from coldframe.adapters.links import Claims, SignedLinks
    from coldframe.services.ports.clock import Clock

TYPES: Final = ("text/plain", "application/json")
"""Plain text is what a browser sends without asking first, also when the page is left."""
LARGEST: Final = 16 * 1024
MOST: Final = 20
OLDEST: Final = timedelta(days=1)
_OWN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
Told = Mapping[str, Any]


class Elsewhere(BadRequest):
    status = 403


class TooMany(BadRequest):
    status = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityReader:
    rules: Callable[[], VisitRules | None]
    lead_of: Callable[[str], str]
    links: Callable[[], "SignedLinks"]
    clock: "Clock"
    pace: VisitPace = field(default_factory=VisitPace)

    def __call__(self, request: Request) -> RecordVisits | None:
        """None: a program that only looks at pages. InvalidSubmission, or a BadRequest."""
        rules = self._rules(request)
        told = body_of(request)
        if not reads(request.agent):
            return None
        if not is_own_id(told.get("visitor")):
            raise InvalidSubmission({"visitor": "must be 20 to 64 letters, digits, - or _"})
        seen = _seen(told.get("events", []), rules)
        self._hold_back(request, len(seen))
        link = self._link(told.get("token"))
        if not seen and not link:
            raise InvalidSubmission({"events": "must hold one event at least"})
        return RecordVisits(
            visitor=visitor_id(self.lead_of, told["visitor"]),
            seen=seen,
            keep=rules.kept_for,
            lead=link.lead if link else "",
            message=link.message if link else "",
            followed=datetime.fromtimestamp(link.index, UTC) if link else None,
        )

    def _rules(self, request: Request) -> VisitRules:
        rules = self.rules()
        if rules is None:
            raise NotFound("This client's pages tell nothing; `visits` in client.yaml lets them.")
        if request.headers.get("origin", "").lower() not in rules.sites:
            raise Elsewhere("Only the client's own pages may tell of their visitors.")
        return rules

    def _hold_back(self, request: Request, events: int) -> None:
        if request.network and self.pace.too_fast(request.network, events, self.clock.now()):
            raise TooMany("Too much at once; go on in a minute.")

    def _link(self, token: object) -> "Claims | None":
        """A token of yesterday, or of somebody else's making, is left aside: the visit counts."""
        if not isinstance(token, str) or not token:
            return None
        try:
            said = self.links().read(VISIT, token)
        except InvalidToken:
            return None
        age = self.clock.now().timestamp() - said.index
        return said if 0 <= age <= TELLS_WITHIN.total_seconds() else None


def body_of(request: Request) -> Told:
    """A BadRequest for anything but a small object."""
    if request.media_type not in TYPES:
        raise UnsupportedType(f"Post the visits as {' or '.join(TYPES)}.")
    if len(request.body) > LARGEST:
        raise BodyTooLarge("A post of visits has room for 16 KB.")
    try:
        told = json.loads(request.body.decode())
        json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is not JSON in UTF-8.") from error
    if not isinstance(told, dict):
        raise Unreadable("The body is not a JSON object.")
    return told


def _seen(events: object, rules: VisitRules) -> tuple[Seen, ...]:
    """InvalidSubmission names all that is wrong."""
    if not isinstance(events, list) or len(events) > MOST:
        raise InvalidSubmission({"events": f"must be a list of {MOST} at most"})
    problems: dict[str, str] = {}
    found = [_one(each, rules, f"events[{place}]", problems) for place, each in enumerate(events)]
    if problems:
        raise InvalidSubmission(problems)
    return tuple(each for each in found if each)


def _one(told: object, rules: VisitRules, here: str, problems: dict[str, str]) -> Seen | None:
    if not isinstance(told, dict):
        problems[here] = "must be an object"
        return None
    kind, own_id, ago = told.get("kind"), told.get("id"), told.get("ago", 0)
    if not isinstance(kind, str) or not rules.public(kind):
        problems[f"{here}.kind"] = "is no event that a page may tell of"
        return None
    if not isinstance(own_id, str) or not _OWN_ID.fullmatch(own_id):
        problems[f"{here}.id"] = "must be 8 to 64 letters, digits, - or _"
    page = page_of(told.get("page"), rules.sites)
    if page is None:
        problems[f"{here}.page"] = "must be the address of one of the client's pages"
    if isinstance(ago, bool) or not isinstance(ago, int | float) or ago < 0:
        problems[f"{here}.ago"] = "must be the milliseconds since it happened"
    declared = PUBLIC.get(kind) or rules.events.get(kind)
    said, wrong = properties_of(told.get("data"), declared)
    if wrong:
        problems[f"{here}.data"] = "; ".join(wrong)
    if any(place.startswith(here) for place in problems) or page is None:
        return None
    touch = touch_at(told["page"], told.get("referrer"), rules.sites)
    source = touch.data() if touch and kind == "page.viewed" else {}
    since = min(timedelta(milliseconds=min(ago, 1e9)), OLDEST)
    return Seen(kind=kind, own_id=str(own_id), ago=since, data={**said, **page, **source})
