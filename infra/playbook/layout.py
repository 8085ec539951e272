"""The client's one MJML layout around each mail's HTML."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import mrml

from infra.playbook.mjml_tags import check_tags
from infra.playbook.placeholders import Placeholders
from infra.reading.documents import read_text
from infra.reading.problems import Problems, Spot

LAYOUT = "emails/_layout.mjml"
_SLOT = re.compile(r"\{\{\s*(content|preheader|subject)\s*\}\}")
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")(https?:[^"]*|file:[^"]*)(")', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rendered once; its slots are filled per mail."""

    source: str
    html: str

    def around(self, content: str, *, subject: str, preheader: str) -> str:
        words = {"content": content, "subject": subject, "preheader": preheader}
        return _SLOT.sub(lambda found: words[found[1]], self.html)


def read_layout(folder: Path, problems: Problems) -> Layout | None:
    spot = Spot(file=LAYOUT, line=1, path="", problems=problems)
    source = read_text(folder / LAYOUT, spot)
    if source is None:
        return None
    check_tags(source, spot)
    if spot.reported():
        return None
    placeholders = Placeholders()
    try:
        html = mrml.to_html(placeholders.protect(source)).content
    except OSError as error:
        spot.report(f"is not MJML: {error}")
        return None
    layout = Layout(source=source, html=placeholders.restore(html))
    demand(spot, layout.html, *_WANTED)
    return layout


_WANTED: Final = {
    "content": "where each mail's text goes",
    "unsubscribe_url": "the way out, in every mail",
    "client.postal": "the postal address, in every mail",
}


def demand(spot: Spot, text: str, *words: str) -> None:
    """Reports which of these placeholders ``text`` lacks."""
    for word in words:
        if not re.search(rf"\{{\{{\s*{re.escape(word)}\b", text):
            spot.report(f"needs `{{{{ {word} }}}}`: {_WANTED[word]}")


def relink(html: str, replace: Callable[[str], str]) -> str:
    """The layout's own links are numbered like the mail's."""
    return _LINK.sub(lambda found: found[1] + replace(_plain(found[2])) + found[3], html)


def _plain(attribute: str) -> str:
    return attribute.replace("&amp;", "&")
