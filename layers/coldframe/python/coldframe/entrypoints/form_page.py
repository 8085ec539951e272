"""The form as a page of its own: to fill in, to mend, and what is said when it has arrived."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from typing import Final
from urllib.parse import urlsplit

from coldframe.domain.form import ASKED, CONFIRMED, NONCE, SHOWN, VISIT, Form
from coldframe.domain.languages import direction
from coldframe.domain.wording.saying import say
from coldframe.entrypoints.answers import Response, answer
from coldframe.entrypoints.form_markup import fields_markup

KEPT: Final = (NONCE, SHOWN, CONFIRMED, VISIT, ASKED)
STYLE: Final = (
    ":root{color-scheme:light dark;--ink:light-dark(#1b1b1b,#ececec);"
    "--paper:light-dark(#fff,#161616);--line:light-dark(#6b6b6b,#8d8d8d);"
    "--soft:light-dark(#595959,#b4b4b4);--bad:light-dark(#b00020,#ff8a94)}"
    "*{box-sizing:border-box}html{color:var(--ink);background:var(--paper);"
    "font:1.0625rem/1.5 system-ui,sans-serif}"
    "body{margin:0 auto;max-width:34rem;padding:1.5rem 1rem 3rem;overflow-wrap:anywhere;"
    "overflow-x:hidden;position:relative}"
    "h1{font-size:1.625rem;line-height:1.2;margin:0 0 1.5rem;text-wrap:balance}"
    "form>div{margin-block-end:1.25rem}label,legend{display:block;font-weight:600;padding:0}"
    "small{font-weight:400;color:var(--soft)}"
    "input:not([type=checkbox],[type=radio]),select,textarea{font:inherit;color:inherit;"
    "background:transparent;width:100%;min-height:3rem;margin-block-start:.375rem;"
    "padding:.625rem .75rem;border:1px solid var(--line);border-radius:.375rem}"
    "option{color:var(--ink);background:var(--paper)}[dir=rtl] [dir=ltr]{text-align:end}"
    "fieldset{border:0;margin:0;padding:0}.tick{display:flex;gap:.75rem;align-items:flex-start;"
    "font-weight:400;padding-block:.5rem}.tick input{flex:none;width:1.375rem;height:1.375rem;"
    "margin:.0625rem 0 0;accent-color:var(--ink)}"
    "button,.on{font:inherit;font-weight:600;display:inline-block;min-height:3rem;"
    "padding:.75rem 1.5rem;border:0;border-radius:.375rem;color:var(--paper);"
    "background:var(--ink);cursor:pointer;text-decoration:none}"
    ":focus-visible{outline:3px solid light-dark(#2463eb,#8ab4ff);outline-offset:2px}"
    ".problem{color:var(--bad);margin:.375rem 0 0}[aria-invalid] input,input[aria-invalid],"
    "select[aria-invalid],textarea[aria-invalid]{border-color:var(--bad);border-width:2px}"
    "[role=alert]{margin-block-end:1.25rem}"
    ".result{font-size:2rem;font-weight:700;margin:.25rem 0 1.5rem}"
    ".aside{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}"
)
_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()


def form_page(
    form: Form,
    *,
    status: int = 200,
    values: Mapping[str, object] | None = None,
    problems: Mapping[str, str] | None = None,
    address: str = "",
    embedded: bool = False,
) -> Response:
    """After a mistake with what was typed and what to mend.

    ``address``: where it posts to; empty: to where the page came from. ``embedded``: it may stand
    in a frame on the client's sites, and what follows takes the whole window.
    """
    held = values or {}
    kept = {name: held[name] for name in KEPT if isinstance(held.get(name), str)}
    action = f' action="{escape(address)}"' if address else ""
    window = ' target="_top"' if embedded else ""
    content = [
        f'<p class="problem" role="alert">{escape(say("mend", form.locale))}</p>'
        if problems
        else "",
        f'<form method="post"{action}{window}>',
        fields_markup(form, values=held, problems=problems),
        *(f'<input type="hidden" name="{n}" value="{escape(str(v))}">' for n, v in kept.items()),
        f'<button type="submit">{escape(form.submit)}</button></form>',
        _way_out(form, address, embedded=embedded) if ASKED in kept else "",
    ]
    return framed(form, status, title=form.title, content="".join(content), embedded=embedded)


def _way_out(form: Form, address: str, *, embedded: bool) -> str:
    """Where little is asked, whoever sits there may be somebody else than who is known."""
    if any(each.type == "email" for each in form.fields):
        return ""
    whole = escape((address or f"?lang={form.locale}") + ("&embed=1" if embedded else ""))
    words = escape(say("somebody_else", form.locale))
    return f'<p><small><a href="{whole}">{words}</a></small></p>'


def thanks_page(form: Form, *, result: str, files: Mapping[str, str] | None = None) -> Response:
    """``files``: those that it gives, with their links."""
    words = form.thanks or say("thanks", form.locale)
    content = f"<p>{escape(words)}</p>"
    if result:
        shown = escape(result)
        content += f'<p>{escape(say("result", form.locale))}</p><p class="result">{shown}</p>'
    for name, address in (files or {}).items():
        content += f'<p><a class="on" href="{escape(address)}">{escape(name)}</a></p>'
    return framed(form, 200, title=say("thanks_title", form.locale), content=content)


def framed(
    form: Form, status: int, *, title: str, content: str, embedded: bool = False
) -> Response:
    """A page of the form's; ``content`` is markup whose values were escaped, ``title`` is text."""
    language = escape(form.locale)
    return answer(
        status,
        f'<!doctype html><html lang="{language}" dir="{direction(form.locale)}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>",
        content_type="text/html; charset=utf-8",
        content_language=form.locale,
        referrer_policy="same-origin",
        vary="accept-language",
        content_security_policy=(
            f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none';"
            f" form-action {_targets(form)}; frame-ancestors {_frames(form, embedded=embedded)}"
        ),
    )


def _targets(form: Form) -> str:
    """Browsers hold a form to this also where its answer sends them on."""
    redirect = urlsplit(form.redirect)
    return f"'self' {redirect.scheme}://{redirect.netloc}" if form.redirect else "'self'"


def _frames(form: Form, *, embedded: bool) -> str:
    return " ".join(form.sites) if embedded and form.sites else "'none'"
