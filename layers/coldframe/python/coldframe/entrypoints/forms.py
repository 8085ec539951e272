"""A landing page's post, read as a lead's submission; and the form's own page."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.form import Form, FormField
from coldframe.domain.submission import read_submission
from coldframe.domain.touchpoint import short_hash
from coldframe.entrypoints.answers import Response, go_to, json_answer, with_query
from coldframe.entrypoints.form_fields import Fields, read_fields
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.pages import page
from coldframe.services.capture import CaptureLead

NONCE = "submission"


class InvalidPost(Exception):
    """A post whose fields must be mended, with all that is needed to ask again."""

    def __init__(self, form: Form, values: Fields, problems: Mapping[str, str]) -> None:
        super().__init__("invalid post")
        self.form = form
        self.values = values
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPost:
    form: Form
    command: CaptureLead
    wants_json: bool

    @property
    def submission(self) -> str:
        """The same for the same post; tells nothing about the lead."""
        said = self.command
        content = json.dumps([dict(said.fields), dict(said.consents)], sort_keys=True)
        return short_hash("submission", said.lead, said.form, said.own_id or content)


def read_post(request: Request, form: Form, *, lead_of: Callable[[str], str]) -> FormPost:
    values = read_fields(request)
    nonce = values.get(NONCE)
    try:
        submission = read_submission(form, values)
    except InvalidSubmission as error:
        raise InvalidPost(form, values, error.problems) from error
    command = CaptureLead(
        lead=lead_of(submission.address),
        form=form.form,
        address=submission.address,
        fields=submission.fields,
        consents=submission.consents,
        own_id=nonce[:100] if isinstance(nonce, str) else "",
    )
    return FormPost(form=form, command=command, wants_json=request.wants_json)


def thank(post: FormPost) -> Response:
    """The same whether the post is new or a repeat."""
    if post.wants_json:
        return json_answer(201, {"submission": post.submission, "next": post.form.redirect})
    return go_to(with_query(post.form.redirect, submission=post.submission), status=303)


def form_page(
    form: Form,
    *,
    status: int = 200,
    values: Fields | None = None,
    problems: Mapping[str, str] | None = None,
    language: str = "en",
) -> Response:
    """The form as a page of its own; after a mistake with what was typed and what to mend."""
    held, wrong = values or {}, problems or {}
    nonce = held.get(NONCE)
    content = [
        '<p class="problem" role="alert">Please look at the fields marked below.</p>'
        if wrong
        else "",
        '<form method="post">',
        *(_field(field, held.get(field.name), wrong.get(field.name, "")) for field in form.fields),
        f'<input type="hidden" name="{NONCE}" value="{escape(nonce)}">'
        if isinstance(nonce, str)
        else "",
        f'<button type="submit">{escape(form.submit)}</button></form>',
    ]
    redirect = urlsplit(form.redirect)
    return page(
        status,
        title=form.title,
        content="".join(content),
        language=language,
        form_action=f"'self' {redirect.scheme}://{redirect.netloc}",
    )


def _field(field: FormField, value: object, problem: str) -> str:
    name = escape(field.name)
    marks = ' aria-invalid="true"' if problem else ""
    if problem:
        marks += f' aria-describedby="problem-{name}"'
    if field.required:
        marks += " required"
    told = f'<p class="problem" id="problem-{name}">{escape(problem)}</p>' if problem else ""
    if field.type == "consent":
        checked = " checked" if value else ""
        text = escape(field.text or field.label)
        box = f'<input type="checkbox" name="{name}" value="yes"{checked}{marks}>'
        return f"<label>{box} {text}</label>{told}"
    kept = escape(value) if isinstance(value, str) else ""
    kind = "email" if field.type == "email" else "text"
    box = (
        f'<input type="{kind}" name="{name}" value="{kept}" maxlength="{field.max_length}"{marks}>'
    )
    return f"<label>{escape(field.label)}{box}</label>{told}"
