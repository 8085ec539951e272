"""MJML's tags, checked before they are rendered: mrml drops what it doesn't know, and guesses."""

from html.parser import HTMLParser
from typing import Final

from infra.reading.problems import Spot, did_you_mean

TAGS: Final = frozenset(
    {
        *("mjml", "mj-head", "mj-body", "mj-attributes", "mj-all", "mj-class", "mj-title"),
        *("mj-preview", "mj-raw", "mj-style", "mj-font", "mj-breakpoint", "mj-section"),
        *("mj-column", "mj-group", "mj-wrapper", "mj-text", "mj-button", "mj-image"),
        *("mj-divider", "mj-spacer", "mj-table", "mj-hero", "mj-social", "mj-social-element"),
        *("mj-navbar", "mj-navbar-link", "mj-accordion", "mj-accordion-element"),
        *("mj-accordion-title", "mj-accordion-text", "mj-carousel", "mj-carousel-image"),
    }
)


def check_tags(source: str, spot: Spot) -> None:
    """Reports the first MJML tag that isn't one, isn't closed, or closes nothing."""
    tags = _Tags(spot)
    tags.feed(source)
    tags.close()
    if tags.open and not spot.reported():
        name, line = tags.open[-1]
        spot.on_line(line).report(f"<{name}> is not closed")


class _Tags(HTMLParser):
    def __init__(self, spot: Spot) -> None:
        super().__init__()
        self.spot = spot
        self.open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._known(tag)
        if tag.startswith("mj"):
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, _attrs: object) -> None:
        self._known(tag)

    def handle_endtag(self, tag: str) -> None:
        if not tag.startswith("mj") or self.spot.reported():
            return
        name, line = self.open.pop() if self.open else ("", 0)
        if name != tag:
            ends = f"<{name}> of line {line} is open" if name else "nothing is open"
            self.spot.on_line(self.getpos()[0]).report(f"</{tag}> closes nothing: {ends}")

    def _known(self, tag: str) -> None:
        if tag.startswith("mj") and tag not in TAGS and not self.spot.reported():
            hint = did_you_mean(tag, TAGS)
            self.spot.on_line(self.getpos()[0]).report(f"there is no tag <{tag}>{hint}")
