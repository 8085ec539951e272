"""The text part of a mail that was written in MJML: what a reader would read aloud."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    {"p", "div", "td", "tr", "table", "h1", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr"}
)
_UNREAD: Final = frozenset({"head", "style", "script", "title"})
_VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta"})
_HIDDEN: Final = re.compile(r"display:\s*none", re.IGNORECASE)


def text_of_html(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unread: list[str] = []
        """What is open since something that nobody reads began, that included."""
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        hidden = tag in _UNREAD or _HIDDEN.search(told.get("style", ""))
        if self._unread or hidden:
            self._unread += [] if tag in _VOID else [tag]
            return
        if tag in _BLOCKS:
            self.parts.append("\n\n- " if tag == "li" else "\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "img":
            self.parts.append(told.get("alt", ""))
        elif tag == "a":
            self._link = told.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            while self._unread and self._unread.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self._link:
            self.parts.append(f": {self._link}")
            self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(re.sub(r"\s+", " ", data))
