"""The one place where errors become HTTP statuses."""

from collections.abc import Callable, Mapping
from functools import wraps
from html import escape
from typing import Any

from coldframe.domain.errors import (
    InvalidAddress,
    InvalidSubmission,
    InvalidToken,
    Transient,
    UnknownForm,
)
from coldframe.entrypoints.answers import Response, answer, problem
from coldframe.entrypoints.forms import InvalidPost
from coldframe.entrypoints.http import BadRequest, Request, read_request
from coldframe.entrypoints.observability import fact
from coldframe.entrypoints.pages import not_found_page, page


def http_endpoint(handler: Callable[[Request], Response]) -> Callable[[Any, Any], Response]:
    """The caller's mistakes are answered and leave a count; ours are raised."""

    @wraps(handler)
    def answering(event: Mapping[str, Any], _context: object) -> Response:
        request = None
        try:
            request = read_request(event)
            return handler(request)
        except (
            BadRequest,
            InvalidPost,
            InvalidAddress,
            InvalidSubmission,
            InvalidToken,
            UnknownForm,
            Transient,
        ) as error:
            answered = _answer(error, wants_json=request is not None and request.wants_json)
            fact("not accepted", status=answered["statusCode"], BadInput=1)
            return answered

    return answering


def _answer(error: Exception, *, wants_json: bool) -> Response:
    match error:
        case InvalidPost():
            return _ask_again(error, wants_json=wants_json)
        case InvalidSubmission():
            return _to_mend(error.problems)
        case InvalidAddress():
            return _to_mend({"email": str(error)})
        case InvalidToken():
            return not_found_page()
    return _other(error, wants_json=wants_json)


def _ask_again(error: InvalidPost, *, wants_json: bool) -> Response:
    """Imported here: most posts have nothing wrong with them."""
    if not wants_json:
        from coldframe.entrypoints.form_page import form_page

        return form_page(error.form, status=422, values=error.values, problems=error.problems)
    from coldframe.domain.form import CONFIRMED
    from coldframe.domain.wording.saying import say

    asked_back = {
        "suggestions": dict(error.suggestions),
        "to_confirm": {CONFIRMED: error.values.get(CONFIRMED)},
    }
    return problem(
        422,
        say("mend_title", error.form.locale),
        errors=dict(error.problems),
        **(asked_back if error.suggestions else {}),
    )


def _other(error: Exception, *, wants_json: bool) -> Response:
    match error:
        case UnknownForm():
            return _told(404, "There is no such form", "", wants_json=wants_json)
        case BadRequest():
            return _told(error.status, "This can't be accepted", str(error), wants_json=wants_json)
    return answer(503, "Please try again in a moment.", retry_after="2")


def _to_mend(problems: Mapping[str, str]) -> Response:
    return problem(422, "Some fields must be mended", errors=dict(problems))


def _told(status: int, title: str, text: str, *, wants_json: bool) -> Response:
    if wants_json:
        return problem(status, title, **({"detail": text} if text else {}))

    return page(status, title=title, content=f"<p>{escape(text)}</p>")
