"""The page behind the fresh link that was mailed: download everything, or have it deleted."""

import json
from dataclasses import dataclass
from html import escape

from coldframe.entrypoints.answers import Response, answer
from coldframe.entrypoints.form_fields import read_fields
from coldframe.entrypoints.http import Request, Unreadable
from coldframe.entrypoints.observability import fact
from coldframe.entrypoints.pages import page
from coldframe.entrypoints.preference_words import Wording
from coldframe.services.own_data import Opened, OwnData

GONE = 410
ACTIONS = ("download", "erase")
"""What the page's own buttons say; anything else is a stranger's text, and in no log."""


@dataclass(frozen=True, slots=True)
class OwnDataPage:
    own_data: OwnData

    def __call__(self, request: Request) -> Response:
        """A GET shows two buttons. InvalidToken for what isn't such a link."""
        opened = self.own_data.open(request.path["token"])
        words = Wording(opened.locale)
        if not opened.fresh:
            return _told(GONE, words, "stale_title", words("stale"))
        if request.method != "POST":
            return _offer(opened, words)
        action = str(read_fields(request).get("action", ""))
        fact("own data", action=action if action in ACTIONS else "?")
        return self._posted(opened, action, words)

    def _posted(self, opened: Opened, action: str, words: Wording) -> Response:
        match action:
            case "download":
                return _file(self.own_data.download(opened))
            case "erase":
                self.own_data.erase(opened)
                return _told(200, words, "erase_title", words("erased"))
        raise Unreadable("The page's form says nothing of what to do.")


def _offer(opened: Opened, words: Wording) -> Response:
    address = escape(opened.address)
    content = (
        f"{_form('download', words('download'))}<h2>{words('erase_title')}</h2>"
        f"<p>{words('erase', address=address)}</p>{_form('erase', words('erase_button'))}"
    )
    title = words("data_title")
    return page(200, title=title, content=content, language=words.language)


def _form(action: str, label: str) -> str:
    return (
        f'<form method="post"><input type="hidden" name="action" value="{action}">'
        f'<button type="submit">{label}</button></form>'
    )


def _file(content: object) -> Response:
    return answer(
        200,
        json.dumps(content, ensure_ascii=False, indent=2, default=str),
        content_type="application/json; charset=utf-8",
        content_disposition='attachment; filename="my-data.json"',
    )


def _told(status: int, words: Wording, title: str, text: str) -> Response:
    return page(status, title=words(title), content=f"<p>{text}</p>", language=words.language)
