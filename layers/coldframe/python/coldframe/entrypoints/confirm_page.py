"""The page behind a confirmation link: what is asked, one button, and thanks."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from coldframe.domain.errors import InvalidToken
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.observability import fact
from coldframe.entrypoints.pages import page
from coldframe.entrypoints.preference_words import Wording
from coldframe.services.confirming import Asked, Confirming


@dataclass(frozen=True, slots=True)
class Confirmation:
    confirming: Confirming
    new_address: Callable[[Request], Response]

    def __call__(self, request: Request) -> Response:
        """Two kinds of links lead here: one confirms consents, the other a new address."""
        posted, token = request.method == "POST", request.path["token"]
        try:
            asked = (self.confirming.confirm if posted else self.confirming.look)(token)
        except InvalidToken:
            return self.new_address(request)
        fact("confirmation link", posted=posted, topics=len(asked.topics))
        return confirm_page(asked, posted=posted)


def confirm_page(asked: Asked, *, posted: bool) -> Response:
    words, sender = Wording(asked.language), escape(asked.client.name)
    if posted:
        return _told(words, "confirmed_title", words("confirmed", sender=sender))
    if not asked.topics:
        return _told(words, "confirm_title", words("nothing_to_confirm"))
    topics = "".join(f"<li>{escape(text)}</li>" for text in asked.topics.values())
    button = f'<button type="submit">{words("confirm_button")}</button>'
    content = (
        f"<p>{words('confirm', sender=sender)}</p><ul>{topics}</ul>"
        f'<form method="post">{button}</form>'
    )
    return page(200, title=words("confirm_title"), content=content, language=words.language)


def _told(words: Wording, title: str, text: str) -> Response:
    return page(200, title=words(title), content=f"<p>{text}</p>", language=words.language)
