"""What a client's page needs of a form: its address, markup to paste, a frame, a line to try."""

from dataclasses import dataclass
from html import escape
from shlex import quote
from urllib.parse import urlencode

from coldframe.domain.form import Form, spoken
from coldframe.entrypoints.form_markup import plain_form
from workbench.forms.examples import example_answers

ROW = 90
"""Pixels that one field takes on a phone, about."""
AROUND = 220
PLACEHOLDER = "https://go.example.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    form: str
    url: str
    languages: tuple[str, ...]
    markup: str
    """A plain form for the client's own page; works without a script."""
    snippet: str
    """The form as we serve it, in a frame; empty: the client names no sites that may show it."""
    curl: str


def script_tag(base: str) -> str:
    """For every page of the client's; `async`, so that no page waits for it."""
    return f'<script src="{escape(base)}/activity" async></script>'


def hand_out(form: Form, *, base: str, language: str = "", visits: bool = False) -> HandedOut:
    """``base``: where the client's public routes begin; no trailing slash. ``visits``: the
    client's pages carry our script.
    """
    said = spoken(form, language)
    url = f"{base}/forms/{form.form}"
    asked = f"{url}?lang={said.locale}" if said.locale != form.locale else url
    return HandedOut(
        form=form.form,
        url=asked,
        languages=form.languages,
        markup=plain_form(said, asked),
        snippet=_frame(said, url, asks=visits and form.ask > 0) if form.sites else "",
        curl=_curl(said, asked),
    )


ASKING = """<script>(async frame => {
  try {
    if (navigator.doNotTrack == 1 || navigator.globalPrivacyControl) return
    const {v, o} = JSON.parse(localStorage.coldframe)
    const body = JSON.stringify({visitor: v, before: o})
    const answer = await fetch('URL/asked', {method: 'POST', body, credentials: 'omit'})
    const {asked} = await answer.json()
    if (!asked || document.activeElement == frame) return
    const short = frame.cloneNode()
    short.src += '&asked=' + asked
    frame.replaceWith(short)
  } catch (e) {}
})(document.currentScript.previousElementSibling)</script>"""
"""Who consented to be known again, as our script keeps it, is asked for little; all others see the
whole form. A frame that somebody types in already is left alone. A new frame takes its place: one
that is still on its way may arrive at its old address, whatever it is told meanwhile."""


def _frame(form: Form, url: str, *, asks: bool) -> str:
    height = AROUND + ROW * len(form.fields)
    source = escape(f"{url}?{urlencode({'lang': form.locale, 'embed': '1'})}")
    frame = (
        f'<iframe src="{source}" title="{escape(form.title)}" loading="lazy"'
        f' style="width:100%;height:{height}px;border:0"></iframe>'
    )
    return f"{frame}{ASKING.replace('URL', url)}" if asks else frame


def _curl(form: Form, url: str) -> str:
    answers = [
        f"--data-urlencode {quote(f'{name}={value}')}"
        for name, value in example_answers(form).items()
    ]
    return " ".join(["curl -i", quote(url), *answers])
