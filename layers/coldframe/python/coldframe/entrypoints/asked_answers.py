"""POST /forms/{form}/asked: what a frame on the client's page asks of a visitor known again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from coldframe.domain.agents import reads
from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.visit_pace import VisitPace
from coldframe.domain.visitor import is_own_id, visitor_id
from coldframe.entrypoints.activity import Elsewhere, TooMany, body_of
from coldframe.entrypoints.answers import Response, json_answer
from coldframe.entrypoints.http import NotFound, Request
from coldframe.entrypoints.observability import fact

if TYPE_CHECKING:
    from coldframe.domain.form import Form
    from coldframe.domain.visits import VisitRules
    from coldframe.services.ports.clock import Clock
    from coldframe.services.profiling import KnowingAgain

MOST_BEFORE: Final = 7
"""Names that a browser had before; the script keeps no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAnswers:
    """The browser's ids come in the body: addresses end in logs. Nothing is written."""

    rules: "Callable[[], VisitRules | None]"
    form: "Callable[[str], Form]"
    lead_of: Callable[[str], str]
    knows: "KnowingAgain"
    clock: "Clock"
    pace: VisitPace = field(default_factory=VisitPace)

    def __call__(self, request: Request) -> Response:
        """One answer for whoever isn't known, whatever the reason; else a token for the form."""
        self._let_in(request)
        form, told = self.form(request.path["form"]), body_of(request)
        now, *before = (visitor_id(self.lead_of, each) for each in _own_ids(told))
        asked = self.knows(form, now, before) if reads(request.agent) else ""
        fact("asked what to ask", form=form.form)
        return json_answer(200, {"asked": asked})

    def _let_in(self, request: Request) -> None:
        rules = self.rules()
        if rules is None:
            raise NotFound("This client's pages tell nothing; `visits` in client.yaml lets them.")
        if request.headers.get("origin", "").lower() not in rules.sites:
            raise Elsewhere("Only the client's own pages may ask about their visitors.")
        if request.network and self.pace.too_fast(request.network, 1, self.clock.now()):
            raise TooMany("Too much at once; go on in a minute.")


def _own_ids(told: Mapping[str, object]) -> list[str]:
    """What the browser calls itself, then what it called itself before; InvalidSubmission."""
    before = told.get("before") or []
    if not isinstance(before, list) or len(before) > MOST_BEFORE:
        raise InvalidSubmission({"before": f"must be a list of {MOST_BEFORE} at most"})
    own = [told.get("visitor"), *before]
    if not all(map(is_own_id, own)):
        raise InvalidSubmission({"visitor": "must be 20 to 64 letters, digits, - or _"})
    return [str(each) for each in own]
