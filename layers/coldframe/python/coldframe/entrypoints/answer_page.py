"""The page that a mail's answer opens: the answer is chosen, one tap saves it. And on to forms."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe

from coldframe.domain.answers import FieldProblem
from coldframe.domain.errors import InvalidToken
from coldframe.domain.form import NONCE, TRAP
from coldframe.domain.submission import said
from coldframe.entrypoints.answers import Response, go_to
from coldframe.entrypoints.form_fields import read_fields
from coldframe.entrypoints.form_page import form_page, thanks_page
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.observability import fact
from coldframe.services.answering import Answering, Question
from coldframe.services.profiling import Profiling


@dataclass(frozen=True, slots=True)
class AnswerPage:
    answering: Answering
    profiling: Profiling
    others: Callable[[Request], Response]
    """For links of another kind."""

    def __call__(self, request: Request) -> Response:
        try:
            asked = self.answering.look(request.path["token"])
        except InvalidToken:
            return self._to_form(request)
        fact("question", field=asked.page.form, posted=request.method == "POST")
        if request.method != "POST":
            held = {asked.name: asked.chosen, NONCE: token_urlsafe(12)}
            return form_page(asked.page, values=held)
        return self._posted(request, asked)

    def _to_form(self, request: Request) -> Response:
        """A form's link only leads on: nothing is known by it, and nothing told."""
        try:
            return go_to(self.profiling(request.path["token"]), status=302)
        except InvalidToken:
            return self.others(request)

    def _posted(self, request: Request, asked: Question) -> Response:
        fields = read_fields(request)
        try:
            if not fields.get(TRAP):
                value, nonce = fields.get(asked.name), str(fields.get(NONCE, ""))
                self.answering.answer(request.path["token"], value, nonce=nonce)
        except FieldProblem as problem:
            wrong = {asked.name: said(problem, asked.page.locale)}
            return form_page(asked.page, status=422, values=fields, problems=wrong)
        return thanks_page(asked.page, result="")
