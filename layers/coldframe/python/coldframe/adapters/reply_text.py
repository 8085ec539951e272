"""A mail's text, as a person would read it."""

from contextlib import suppress
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from coldframe.domain.replies.quoting import LONGEST

if TYPE_CHECKING:
    from email.message import EmailMessage

NO_CHARSETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape"})
"""Python decodes them, some in minutes; no mail program writes them."""
UNREAD = frozenset({"script", "style", "head", "title", "template"})
VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "wbr", "col", "area", "base"})
BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "table", "ul"})
QUOTES = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "OLK_SRC_BODY")


def text_of(mail: "EmailMessage") -> str:
    """Of a mail in HTML alone: its text, quotes left out where the mail program marked them."""
    for kind in ("plain", "html"):
        content = _content(mail, kind)
        if content.strip():
            return content if kind == "plain" else _from_html(content)
    return ""


def _content(mail: "EmailMessage", kind: str) -> str:
    try:
        part = mail.get_body(preferencelist=(kind,))
        if part is None or part.get_content_charset("").replace("_", "-") in NO_CHARSETS:
            return ""
        content = str(part.get_content())[:LONGEST]
    except Exception:  # noqa: BLE001 - unknown charsets, broken encodings: a mail without that text
        return ""
    return content.encode("utf-8", "replace").decode()


def _from_html(source: str) -> str:
    reader = _Reader()
    with suppress(AssertionError):  # markup that Python's parser gives up on: what stood before it
        reader.feed(source)
    lines = "".join(reader.parts).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


class _Reader(HTMLParser):
    """Collects what a person sees; ``_hidden`` counts how deep it is in what nobody reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        hides = tag in UNREAD or tag == "blockquote" or _quotes(attrs)
        if (self._hidden or hides) and tag not in VOID:
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag not in VOID:
            self._hidden -= 1
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data.replace("\n", " "))


def _quotes(attrs: list[tuple[str, str | None]]) -> bool:
    told = dict(attrs)
    return any(mark in f"{told.get('class')} {told.get('id')}" for mark in QUOTES)
