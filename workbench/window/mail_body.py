"""A mail's body as a mailbox shows it: links in tabs of their own, in a light or a dark room."""

import re
from collections.abc import Iterator

_LINK = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")
_ROOM = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_EVER, _NEVER = "(min-width: 0)", "(max-width: 0)"


def as_seen(html: str, *, scheme: str) -> str:
    """The HTML with the reader's scheme in force, whatever the browser's own is.

    A mail that doesn't say that it knows the dark stays as it is, as in most mailboxes.
    """
    seen = _ROOM.sub(lambda found: _EVER if found[1].lower() == scheme else _NEVER, html)
    knows = "color-scheme" in html.casefold()
    room = f'<meta name="color-scheme" content="only {scheme}">' if knows else ""
    return f'<base target="_blank">{room if scheme in {"light", "dark"} else ""}{seen}'


def linked(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts: those that are links, and what stands between them."""
    for index, part in enumerate(_LINK.split(text)):
        if part:
            yield part, index % 2 == 1
