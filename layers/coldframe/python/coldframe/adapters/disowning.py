"""*This wasn't me*: the way out that every mail holds which somebody asked for."""

from html import escape

from coldframe.domain.languages import direction
from coldframe.domain.wording.saying import say

MARK = "not-me"
"""In the link's query: what its page is to say. What it may do stands in its token."""

ON_LIGHT = "#595959"
DARK = (
    "<style>@media (prefers-color-scheme: dark)"
    "{.not-me,.not-me a{color:#b3b3b3 !important}}</style>"
)
"""The layout is the client's: a grey for any light page, and one for any dark."""


def offered(text: str, html: str | None, *, url: str, language: str) -> tuple[str, str | None]:
    """Both parts with the link beneath, whatever the client's layout is."""
    asked, link = say("disown_mail", language), say("disown_link", language)
    text = f"{text.rstrip()}\n{asked} {url}\n"
    if html is None:
        return text, None
    line = (
        f'<p class="not-me" dir="{direction(language)}" style="margin:16px auto;max-width:600px;'
        f'padding:0 16px;font:13px/1.5 sans-serif;text-align:center;color:{ON_LIGHT}">'
        f'{escape(asked)} <a href="{escape(url)}" style="color:{ON_LIGHT}">{escape(link)}</a></p>'
    )
    return text, _before("</body>", line, _before("</head>", DARK, html))


def _before(end: str, added: str, html: str) -> str:
    before, found, after = html.rpartition(end)
    return f"{before}{added}{found}{after}" if found else f"{html}{added}"
