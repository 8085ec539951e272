"""Small pages that need no script, no image and no other server."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from coldframe.domain.languages import direction
from coldframe.entrypoints.answers import Response, answer
from coldframe.entrypoints.preference_words import Wording

STYLE = (
    ":root{color-scheme:light dark;--ink:light-dark(#1b1b1b,#ececec);"
    "--paper:light-dark(#fff,#161616);--line:light-dark(#595959,#8d8d8d);"
    "--bad:light-dark(#b00020,#ff8a94)}*{box-sizing:border-box}"
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:0 auto;"
    "padding:2.5rem 1rem 3rem;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}"
    "h1{font-size:1.625rem;line-height:1.2;margin:0 0 1.5rem;text-wrap:balance}"
    "a{color:light-dark(#1a4fb4,#8ab4ff)}label{display:block;margin-top:1rem}legend{padding:0}"
    "input[type=text],input[type=email],input[type=date],select{font:inherit;width:100%;"
    "min-height:3rem;margin-top:.375rem;padding:.5rem .75rem;border:1px solid var(--line);"
    "border-radius:.375rem;color:inherit;background:transparent}option{color:var(--ink);background:var(--paper)}"
    "input[type=checkbox],input[type=radio]{width:1.25rem;height:1.25rem;"
    "vertical-align:-.1875rem;margin:0 .5rem 0 0;accent-color:var(--ink)}"
    "button{font:inherit;font-weight:600;margin-top:1.5rem;min-height:3rem;padding:.625rem 1.5rem;"
    "border:0;border-radius:.375rem;color:var(--paper);background:var(--ink);cursor:pointer}"
    ":focus-visible{outline:3px solid light-dark(#2463eb,#8ab4ff);outline-offset:2px}"
    "fieldset{border:0;margin:0;padding:0}h2{font-size:1.125rem;margin-top:2.5rem}"
    ".problem{color:var(--bad);margin:.25rem 0 0}"
)
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()


def page(
    status: int, *, title: str, content: str, language: str = "en", form_action: str = "'self'"
) -> Response:
    """``content`` is markup whose values were escaped; ``title`` is text."""
    return answer(
        status,
        f'<!doctype html><html lang="{escape(language)}" dir="{direction(language)}"><head>'
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>",
        content_type="text/html; charset=utf-8",
        content_security_policy=(
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action {form_action}; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
    )


def unsubscribe_page(
    *, posted: bool, sender: str, preferences: str, locale: str, disowning: bool = False
) -> Response:
    """Looked at, it offers one button; posted, by button or by one click, it says so.

    ``preferences``: the token of the lead's own page. ``disowning``: a mail that somebody else
    asked for led here.
    """
    if disowning:
        from coldframe.entrypoints.disown_page import disown_page

        return disown_page(posted=posted, sender=sender, locale=locale)
    words, name = Wording(locale), escape(sender)
    key = "unsubscribed" if posted else "unsubscribe"
    button = (
        '<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">'
        f'<button type="submit">{words("unsubscribe_button")}</button></form>'
    )
    other = words("again" if posted else "fewer")
    link = f'<p><a href="../preferences/{escape(preferences)}">{other}</a></p>'
    content = f"<p>{words(key, sender=name)}</p>{'' if posted else button}{link}"
    return page(200, title=words(f"{key}_title"), content=content, language=words.language)


def not_found_page() -> Response:
    return page(404, title="There is nothing here", content="<p>This link leads nowhere.</p>")
