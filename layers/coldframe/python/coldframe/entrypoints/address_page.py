"""The page behind the link at a new address: one button, and what it will change."""

from dataclasses import dataclass
from html import escape

from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.observability import fact
from coldframe.entrypoints.pages import page
from coldframe.entrypoints.preference_page import masked
from coldframe.entrypoints.preference_words import Wording
from coldframe.services.changing_address import ChangingAddress, NewAddress

GONE = 410


@dataclass(frozen=True, slots=True)
class AddressPage:
    changing: ChangingAddress

    def __call__(self, request: Request) -> Response:
        """A GET shows one button. InvalidToken for what isn't such a link."""
        posted, token = request.method == "POST", request.path["token"]
        asked = (self.changing.confirm if posted else self.changing.look)(token)
        fact("new address", posted=posted, fresh=asked.fresh)
        words = Wording(asked.language)
        if not asked.fresh:
            return _told(GONE, words, "stale_title", words("address_stale"))
        if posted:
            return _told(200, words, "confirmed_title", _said(words, "address_confirmed", asked))
        button = f'<button type="submit">{words("address_confirm_button")}</button>'
        content = (
            f'<p>{_said(words, "address_confirm", asked)}</p><form method="post">{button}</form>'
        )
        title = words("address_confirm_title")
        return page(200, title=title, content=content, language=words.language)


def _said(words: Wording, key: str, asked: NewAddress) -> str:
    """Who was only asked learns no more of the old address than its domain."""
    return words(
        key,
        sender=escape(asked.client.name),
        address=escape(asked.address),
        old=escape(masked(asked.old)),
    )


def _told(status: int, words: Wording, title: str, text: str) -> Response:
    return page(status, title=words(title), content=f"<p>{text}</p>", language=words.language)
