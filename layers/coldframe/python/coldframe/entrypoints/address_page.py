"""The pages behind the links at a new address, and at the old one: one button each."""

from dataclasses import dataclass
from html import escape

from coldframe.domain.errors import InvalidToken
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.observability import fact
from coldframe.entrypoints.pages import page
from coldframe.entrypoints.preference_page import masked
from coldframe.entrypoints.preference_words import Wording
from coldframe.services.changing_address import ChangingAddress, NewAddress
from coldframe.services.undoing_address import Undoing, UndoingAddress

GONE = 410


@dataclass(frozen=True, slots=True)
class AddressPage:
    changing: ChangingAddress
    undoing: UndoingAddress

    def __call__(self, request: Request) -> Response:
        """A GET shows one button. InvalidToken for what isn't such a link."""
        posted, token = request.method == "POST", request.path["token"]
        try:
            asked = (self.changing.confirm if posted else self.changing.look)(token)
        except InvalidToken:
            return self._undo(token, posted=posted)
        fact("new address", posted=posted, fresh=asked.fresh)
        words = Wording(asked.language)
        if not asked.fresh:
            return _told(GONE, words, "stale_title", words("address_stale"))
        if posted:
            return _told(200, words, "confirmed_title", _said(words, "address_confirmed", asked))
        return _asking(words, "address_confirm", _said(words, "address_confirm", asked))

    def _undo(self, token: str, *, posted: bool) -> Response:
        asked = (self.undoing.undo if posted else self.undoing.look)(token)
        fact("change of address", posted=posted, state=asked.state)
        words = Wording(asked.language)
        if asked.state is Undoing.STALE:
            return _told(GONE, words, "stale_title", words("undo_stale"))
        told = {"sender": asked.client.name, "back": masked(asked.back), "to": masked(asked.to)}
        shown = {name: escape(text) for name, text in told.items()}
        if posted or asked.state is Undoing.DONE:
            return _told(200, words, "undone_title", words("undone", **shown))
        return _asking(words, "undo", words("undo", **shown))


def _said(words: Wording, key: str, asked: NewAddress) -> str:
    """Who was only asked learns no more of the old address than its domain."""
    return words(
        key,
        sender=escape(asked.client.name),
        address=escape(asked.address),
        old=escape(masked(asked.old)),
    )


def _asking(words: Wording, key: str, text: str) -> Response:
    button = f'<button type="submit">{words(f"{key}_button")}</button>'
    content = f'<p>{text}</p><form method="post">{button}</form>'
    return page(200, title=words(f"{key}_title"), content=content, language=words.language)


def _told(status: int, words: Wording, title: str, text: str) -> Response:
    return page(status, title=words(title), content=f"<p>{text}</p>", language=words.language)
