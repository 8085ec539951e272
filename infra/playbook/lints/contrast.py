"""Whether text stands out from its ground, in light and in dark mode, as WCAG counts it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from infra.playbook.lints.css import Element, Rule, declarations, rules_of, told

LEAST: Final = 4.5
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_UNSEEN: Final = frozenset({"head", "style", "script", "title"})
_NAMED: Final = {"white": "#ffffff", "black": "#000000"}
_HEX: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b")
_RGB: Final = re.compile(r"rgba?\((\d+)[, ]+(\d+)[, ]+(\d+)")
Colour = tuple[int, int, int]
_STRAIGHT: Final = 0.04045
"""Below this, light grows with the number itself (WCAG's own constants)."""
_LIGHT: Final[tuple[Colour, Colour]] = ((0, 0, 0), (255, 255, 255))
_DARK: Final[tuple[Colour, Colour]] = ((255, 255, 255), (18, 18, 18))
"""A program's own text and ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faint:
    """Text that is hard to read."""

    text: str
    colour: str
    ground: str
    ratio: float
    dark: bool


def faint(html: str) -> list[Faint]:
    found: dict[tuple[str, str, bool], Faint] = {}
    for dark in (False, True):
        for each in _faint(html, dark=dark):
            found.setdefault((each.colour, each.ground, dark), each)
    return list(found.values())


def ratio(one: Colour, other: Colour) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _faint(html: str, *, dark: bool) -> Iterator[Faint]:
    styles = "\n".join(re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL))
    knows_dark = "light dark" in html or "dark light" in html
    page = _Page(rules_of(styles, dark=dark), _DARK if dark and knows_dark else _LIGHT)
    page.feed(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))
    for text, colour, ground in page.texts:
        found = ratio(colour, ground)
        if found < LEAST:
            yield Faint(text=text, colour=_hex(colour), ground=_hex(ground), ratio=found, dark=dark)


@dataclass(frozen=True, slots=True)
class _Looks:
    element: Element
    colour: Colour
    ground: Colour
    hidden: bool


class _Page(HTMLParser):
    def __init__(self, rules: Sequence[Rule], usual: tuple[Colour, Colour]) -> None:
        super().__init__()
        self.rules = rules
        self.usual = usual
        self.open: list[_Looks] = []
        self.texts: list[tuple[str, Colour, Colour]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        style = declarations(given.get("style", ""))
        if "bgcolor" in given:
            style.setdefault("background-color", given["bgcolor"])
        classes = frozenset(given.get("class", "").split())
        self.open.append(self._looks(Element(tag=tag, classes=classes, style=style)))

    def handle_endtag(self, tag: str) -> None:
        depth = next(
            (n for n, each in enumerate(reversed(self.open)) if each.element.tag == tag), -1
        )
        if depth >= 0:
            del self.open[len(self.open) - 1 - depth :]

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self.open and not self.open[-1].hidden:
            self.texts.append((words[:40], self.open[-1].colour, self.open[-1].ground))

    def _looks(self, element: Element) -> _Looks:
        above = self.open[-1] if self.open else None
        path = [*(each.element for each in self.open), element]
        colour = _colour(told(path, self.rules, "color"))
        ground = _colour(told(path, self.rules, "background-color", "background"))
        usual = (above.colour, above.ground) if above else self.usual
        display = told(path, self.rules, "display")
        return _Looks(
            element,
            colour or usual[0],
            ground or usual[1],
            element.tag in _UNSEEN or display == "none" or bool(above and above.hidden),
        )


def _colour(value: str) -> Colour | None:
    """None: not told, see-through, or in a way that mails seldom use."""
    value = _NAMED.get(value, value)
    if found := _HEX.search(value):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])  # noqa: PLR2004 - rrggbb
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.search(value):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= _STRAIGHT else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
