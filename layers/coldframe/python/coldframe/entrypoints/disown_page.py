"""*This wasn't me*: somebody else gave us the address of who is looking at this page."""

from html import escape

from coldframe.domain.wording.saying import say, tongue
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.pages import page


def disown_page(*, posted: bool, sender: str, locale: str) -> Response:
    """Looked at, it offers one button; posted, it says that nothing more will come."""
    key = "disowned" if posted else "disown"
    button = f'<form method="post"><button>{escape(say("disown_button", locale))}</button></form>'
    words = f"<p>{escape(say(key, locale, sender=sender))}</p>"
    return page(
        200,
        title=say(f"{key}_title", locale),
        content=words + ("" if posted else button),
        language=tongue(locale),
    )
