"""A landing page's post, and what is answered."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from coldframe.domain.download import FILE, observation_of
from coldframe.domain.form import Form
from coldframe.domain.touchpoint import short_hash
from coldframe.entrypoints.answers import Response, go_to, json_answer, with_query
from coldframe.services.capture import CaptureLead

if TYPE_CHECKING:
    from coldframe.adapters.links import SignedLinks
    from coldframe.entrypoints.form_fields import Fields

FILES = "files"
"""What the token is called that opens what a form gives."""
DONE = "done"
"""The purpose of the token that our own thank-you page is shown by."""


class InvalidPost(Exception):
    """A post whose fields must be mended, with all that is needed to ask again."""

    def __init__(
        self,
        form: Form,
        values: "Fields",
        problems: Mapping[str, str],
        suggestions: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__("invalid post")
        self.form = form
        self.values = values
        self.problems = problems
        self.suggestions = suggestions or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPost:
    form: Form
    command: CaptureLead
    wants_json: bool
    result: str
    language: str
    """Empty: the form's own."""
    at: datetime

    @property
    def submission(self) -> str:
        """The same for the same post; tells nothing about the lead."""
        said = self.command
        content = json.dumps([dict(said.fields), dict(said.consents)], sort_keys=True)
        return short_hash("submission", said.lead, said.form, said.own_id or content)


def thank(post: FormPost, links: Callable[[], "SignedLinks"]) -> Response:
    """The same whether the post is new, a repeat, or waits for a person's eye."""
    result = {"result": post.result} if post.result else {}
    opened = {FILES: _opening(post, links())} if post.form.gives else {}
    if post.wants_json:
        after = post.form.redirect or _own_page(post, links, opened)
        files = {FILES: file_links(post.form, opened[FILES])} if opened else {}
        return json_answer(201, {"submission": post.submission, "next": after, **result, **files})
    if post.form.redirect:
        told = {"submission": post.submission, **result, **opened}
        return go_to(with_query(post.form.redirect, **told), status=303)
    return go_to(_own_page(post, links, opened), status=303)


def file_links(form: Form, token: str) -> dict[str, str]:
    """File → the link that opens it."""
    return {name: f"/files/{token}/{quote(name)}" for name in form.gives}


def _opening(post: FormPost, links: "SignedLinks") -> str:
    """The same files by the same post: a repeat opens no more, and counts no more."""
    return links.sign(
        FILE,
        lead=post.command.lead,
        message=observation_of(post.submission),
        target=post.form.form,
        index=int(post.at.timestamp()),
    )


def _own_page(post: FormPost, links: Callable[[], "SignedLinks"], opened: Mapping[str, str]) -> str:
    """It shows only what we signed: nobody can make it say something else."""
    token = links().sign(DONE, lead="", message=post.form.form, target=post.result)
    language = {"lang": post.language} if post.language else {}
    return with_query(f"/forms/{post.form.form}", **language, done=token, **opened)
