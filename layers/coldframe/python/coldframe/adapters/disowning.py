"""*This wasn't me*: the way out that every mail holds which somebody asked for."""

from html import escape

from coldframe.domain.languages import direction
from coldframe.domain.wording.saying import say

MARK = "not-me"
"""In the link's query: what its page is to say. What it may do stands in its token."""


def offered(text: str, html: str | None, *, url: str, language: str) -> tuple[str, str | None]:
    """Both parts with the link beneath, whatever the client's layout is."""
    asked, link = say("disown_mail", language), say("disown_link", language)
    text = f"{text.rstrip()}\n{asked} {url}\n"
    if html is None:
        return text, None
    line = (
        f'<p dir="{direction(language)}" style="margin:16px auto;max-width:600px;padding:0 16px;'
        f'font:13px/1.5 sans-serif;text-align:center;color:#767676">{escape(asked)}'
        f' <a href="{escape(url)}" style="color:#767676">{escape(link)}</a></p>'
    )
    before, end, after = html.rpartition("</body>")
    return text, f"{before}{line}{end}{after}" if end else f"{html}{line}"
