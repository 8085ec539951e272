"""The client's one MJML layout around each mail's HTML."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import mrml

from infra.playbook.mjml_tags import check_tags
from infra.playbook.placeholders import Placeholders
from infra.reading.documents import read_text
from infra.reading.problems import Problems, Spot

LAYOUT = "emails/_layout.mjml"
_SLOT = re.compile(r"\{\{\s*(content|preheader|subject|language|direction|words\.\w+)\s*\}\}")
_RIGHT_TO_LEFT: Final = (
    ("text-align:left", "text-align:right"),
    ('align="left"', 'align="right"'),
    ("direction:ltr", "direction:rtl"),
)
_HREF = re.compile(r'\bhref="([^"]*)"', re.IGNORECASE)
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")(https?:[^"]*|file:[^"]*|form:[^"]*)(")', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rendered once; its slots are filled per mail."""

    source: str
    html: str


def filled(text: str, said: Mapping[str, str]) -> str:
    """A slot that nobody fills stays, and is complained of as any placeholder is."""
    return _SLOT.sub(lambda found: said.get(found[1], found[0]), text)


def turned(html: str, direction: str) -> str:
    """MJML knows left and right only: for Arabic and Hebrew they change places."""
    if direction == "rtl":
        for left, right in _RIGHT_TO_LEFT:
            html = html.replace(left, right)
    return html


def read_layout(folder: Path, problems: Problems) -> Layout | None:
    spot = Spot(file=LAYOUT, line=1, path="", problems=problems)
    source = read_text(folder / LAYOUT, spot)
    if source is None:
        return None
    html = as_html(source, spot)
    if html is None:
        return None
    demand(spot, html, *_WANTED)
    return Layout(source=source, html=html)


def as_html(mjml: str, spot: Spot) -> str | None:
    """None: it isn't MJML, and that is reported."""
    check_tags(mjml, spot)
    if spot.reported():
        return None
    placeholders = Placeholders()
    try:
        return placeholders.restore(mrml.to_html(placeholders.protect(mjml)).content)
    except OSError as error:
        spot.report(f"is not MJML: {error}")
        return None


_WANTED: Final = {
    "content": "where each mail's text goes",
    "unsubscribe_url": "the way out, in every mail",
    "client.postal": "the postal address, in every mail",
}
_WHAT_FOR: Final = {
    "confirm_url": "where the lead confirms what it agreed to",
    "data_url": "where the lead finds its data",
    "address_url": "where the new address is confirmed",
    "undo_url": "where the old address takes the change back",
}


def demand(spot: Spot, text: str, *words: str) -> None:
    """Reports which of these placeholders ``text`` lacks."""
    for word in words:
        if not re.search(rf"\{{\{{\s*{re.escape(word)}\b", text):
            spot.report(f"needs `{{{{ {word} }}}}`: {(_WANTED | _WHAT_FOR)[word]}")


def relink(html: str, replace: Callable[[str], str]) -> str:
    """The layout's own links are numbered like the mail's."""
    return _LINK.sub(lambda found: found[1] + replace(_plain(found[2])) + found[3], html)


def targets_in_mjml(markup: str) -> list[tuple[str, int]]:
    """Every link's target, with its line (from 0)."""
    return [
        (_plain(found[1]), markup[: found.start()].count("\n")) for found in _HREF.finditer(markup)
    ]


def _plain(attribute: str) -> str:
    return attribute.replace("&amp;", "&")
