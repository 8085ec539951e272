"""What a text message may be written in (GSM 03.38), and how many messages it takes."""

import unicodedata
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€")
"""Each takes the place of two."""
PLAIN: Final = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―", "-"),
    "…": "...",
    "•": "*",
    "\u00a0": " ",
    "\u202f": " ",
    "\t": " ",
}
"""What typewriters have instead."""
_LETTERS: Final = dict(
    pair.split(":")
    for pair in ("Ł:L", "ł:l", "Đ:D", "đ:d", "ð:d", "ı:i", "Œ:OE", "œ:oe", "Þ:Th", "þ:th")
)
"""Those that aren't made of a plain one and a mark."""
ALONE: Final = 160
"""Characters in a text of one message."""
JOINED: Final = 153
"""In each message of a longer one: they say how they belong together."""


def foreign(text: str) -> list[str]:
    """The characters that no such message can hold, each once, in order."""
    return [each for each in dict.fromkeys(text) if each not in _BASIC | _EXTENDED]


def folded(text: str) -> str:
    """As near as such a message comes to it; what it can't hold at all is left out."""
    return "".join(_near(each) for each in text)


def _near(character: str) -> str:
    if not foreign(character):
        return character
    known = PLAIN.get(character) or _LETTERS.get(character)
    if known:
        return known
    bare = unicodedata.normalize("NFKD", character)
    return "".join(each for each in bare if not foreign(each))


def messages(text: str) -> int:
    """How many are sent, and paid for."""
    length = sum(2 if each in _EXTENDED else 1 for each in text)
    return 1 if length <= ALONE else -(-length // JOINED)
