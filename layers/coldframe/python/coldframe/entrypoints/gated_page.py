"""What is said to who has no link to a file that a form gives, or one that has run out."""

from html import escape
from typing import Final

from coldframe.domain.form import Form, spoken
from coldframe.domain.wording.saying import say
from coldframe.entrypoints.answers import Response, problem
from coldframe.entrypoints.form_page import framed
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.languages import spoken_language

NO_LINK: Final = 403
RUN_OUT: Final = 410


def gated_page(request: Request, form: Form, *, ended: bool) -> Response:
    """Never the file: where the form is, by which everybody gets a link of their own."""
    language = spoken_language(
        form.languages,
        asked=request.query.get("lang", ""),
        accepted=request.headers.get("accept-language", ""),
    )
    shown, status = spoken(form, language), RUN_OUT if ended else NO_LINK
    title = say("file_ended" if ended else "file_gated", language)
    address = f"/forms/{form.form}?lang={language}"
    if request.wants_json:
        return problem(status, title, form=address)
    text, name = escape(say("file_form", language)), escape(shown.title)
    content = f'<p>{text}</p><p><a class="on" href="{escape(address)}">{name}</a></p>'
    return framed(shown, status, title=title, content=content)
