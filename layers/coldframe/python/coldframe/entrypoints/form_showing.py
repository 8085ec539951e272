"""Serves a form in the visitor's language, with a mark of when it was shown."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from coldframe.domain.download import FILE
from coldframe.domain.errors import InvalidToken
from coldframe.domain.form import ASKED, NONCE, SHOWN, Form, spoken
from coldframe.domain.referral import WORD
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.form_page import form_page, thanks_page
from coldframe.entrypoints.form_signs import shown_token
from coldframe.entrypoints.forms import DONE, FILES, file_links
from coldframe.entrypoints.languages import spoken_language

if TYPE_CHECKING:
    from datetime import datetime

    from coldframe.adapters.links import SignedLinks
    from coldframe.entrypoints.http import Request
    from coldframe.services.ports import Clock

CAMPAIGN = frozenset({"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"})
LONGEST = {WORD: 1_000}
"""Characters; of all others a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShowing:
    """Nothing is stored: looking at a form tells us nothing about anybody."""

    links: Callable[[], "SignedLinks"]
    clock: "Clock"

    def __call__(self, request: "Request", form: Form) -> Response:
        """InvalidToken for a thank-you page that we didn't sign for this form."""
        language = spoken_language(
            form.languages,
            asked=request.query.get("lang", ""),
            accepted=request.headers.get("accept-language", ""),
        )
        shown = spoken(form, language)
        if token := request.query.get("done"):
            files = self._files(form, request.query.get(FILES, ""))
            return thanks_page(shown, result=self._result(form, token), files=files)
        now = self.clock.now()
        shown, asked = self._to_known(shown, request.query.get(ASKED, ""), now)
        shown_at = shown_token(form.form, self.links(), now)
        return form_page(
            shown,
            values={NONCE: token_urlsafe(12), SHOWN: shown_at, **asked},
            address=f"/forms/{form.form}?{urlencode({'lang': language, **_words(request)})}",
            embedded="embed" in request.query,
        )

    def _to_known(self, form: Form, token: str, now: "datetime") -> tuple[Form, dict[str, str]]:
        """Who comes by a link that is old, forged or another form's is a stranger."""
        if not token or not form.ask:
            return form, {}
        from coldframe.services.profiling import narrowed

        with suppress(InvalidToken):
            return narrowed(form, self.links().read(ASKED, token), now=now), {ASKED: token}
        return form, {}

    def _files(self, form: Form, token: str) -> dict[str, str]:
        """None by a token that isn't one of this form's."""
        if not token or not form.gives:
            return {}
        with suppress(InvalidToken):
            if self.links().read(FILE, token).target == form.form:
                return file_links(form, token)
        return {}

    def _result(self, form: Form, token: str) -> str:
        said = self.links().read(DONE, token)
        if said.message != form.form:
            raise InvalidToken("for another form")
        return said.target


def _words(request: "Request") -> dict[str, str]:
    """Which campaign, or whose link, led here is passed on with the post."""
    told = {name: said for name, said in request.query.items() if name in CAMPAIGN | {WORD}}
    return {name: value[: LONGEST.get(name, 100)] for name, value in told.items()}
