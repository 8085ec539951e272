"""Pictures of all mails of a client, phone and desktop, light and dark: part of `make pictures`."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.preview.leads import imagined
from workbench.preview.measures import CUT_OFF, FAINT, HEIGHT
from workbench.preview.studio import Edition, Studio
from workbench.window.mail_body import as_seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CLIENTS: Final = ("bakery", "harbor")
WIDTHS: Final = {"phone": 360, "desktop": 640}
SCALE: Final = {"phone": 0.62, "desktop": 0.46}
"""How large the mails of a sheet are shown."""
SCHEMES: Final = ("light", "dark")
QUALITY: Final = 68
ADA: Final = {
    "first_name": "Ada",
    "company": "Analytical Engines",
    "seats": "24",
    "employees": "120",
    "role": "sponsor",
    "guests": "120",
    "filling": "pistachio",
}
SHEET: Final = """<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; padding: 28px; background: #d9dcdf; font: 12px/1.4 system-ui, sans-serif; }}
  main {{ columns: {columns}; column-gap: 20px; }}
  figure {{ margin: 0 0 20px; break-inside: avoid; width: {wide}px; }}
  figcaption {{ color: #3c444b; margin: 0 0 5px; }}
  div {{ overflow: hidden; border-radius: 6px; }}
  iframe {{ border: 0; width: {width}px; transform-origin: 0 0; transform: scale({scale}); }}
</style><main>{figures}</main>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A mail as one reader has it before it; ``cut`` and ``faint``: what is wrong with that."""

    name: str
    page: str
    height: int
    cut: tuple[str, ...]
    faint: tuple[str, ...]


def take(browser: "Browser", clients: Path, out: Path) -> Iterator[Path]:
    """Each mail in turn by day in its own language, and by night in the other."""
    for client in CLIENTS:
        studio = Studio(clients / client, environment="dev")
        try:
            edition = studio.edition()
            for screen in WIDTHS:
                yield _sheet(browser, edition, screen, out / f"mails-{client}-{screen}.jpg")
        finally:
            studio.close()


def names(edition: Edition) -> Iterator[str]:
    """Of every mail that has a page, in each of its languages: `case-study`, `case-study.de`."""
    for mail in edition.mails():
        for language in ("", *mail.translations):
            name = f"{mail.mail}.{language}".removesuffix(".")
            if not mail.mail.startswith("_") and html_of(edition, name):
                yield name


def html_of(edition: Edition, name: str) -> str:
    """``name``: a mail's, with `.de` behind it in that language."""
    mail_name, _, language = name.partition(".")
    mail = edition.mail(mail_name)
    if mail is None:
        raise KeyError(f"no mail {mail_name!r} to take a picture of")
    return edition.rendered(mail, imagined(ADA), language=language).html or ""


@contextmanager
def reader(browser: "Browser", *, width: int) -> "Iterator[Page]":
    """A window in which one mail after the other is looked at."""
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    try:
        yield context.new_page()
    finally:
        context.close()


def seen(page: "Page", name: str, body: str, *, scheme: str) -> Seen:
    shown = as_seen(body, scheme=scheme)
    page.set_content(shown)
    return Seen(
        name=f"{name}, {scheme}",
        page=shown,
        height=int(page.evaluate(HEIGHT)),
        cut=tuple(page.evaluate(CUT_OFF)),
        faint=tuple(page.evaluate(FAINT)),
    )


def _sheet(browser: "Browser", edition: Edition, screen: str, picture: Path) -> Path:
    width = WIDTHS[screen]
    with reader(browser, width=width) as page:
        shown = [
            seen(page, name, html_of(edition, name), scheme="dark" if "." in name else "light")
            for name in names(edition)
        ]
    columns = 8 if screen == "phone" else 6
    with reader(browser, width=columns * (int(width * SCALE[screen]) + 20) + 40) as page:
        page.set_content(_page(shown, screen, columns))
        page.wait_for_timeout(500)
        page.screenshot(path=picture, full_page=True, type="jpeg", quality=QUALITY)
    return picture


def _page(shown: list[Seen], screen: str, columns: int) -> str:
    width, scale = WIDTHS[screen], SCALE[screen]
    return SHEET.format(
        columns=columns,
        width=width,
        wide=int(width * scale),
        scale=scale,
        figures="".join(_figure(each, scale) for each in shown),
    )


def _figure(each: Seen, scale: float) -> str:
    return (
        f"<figure><figcaption>{html.escape(each.name)}</figcaption>"
        f'<div style="height:{int(each.height * scale)}px">'
        f'<iframe scrolling="no" style="height:{each.height}px"'
        f' srcdoc="{html.escape(each.page, quote=True)}"></iframe></div></figure>'
    )
