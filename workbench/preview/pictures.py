"""Pictures of mails as a phone and a desktop show them, light and dark: part of `make pictures`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.preview.leads import imagined
from workbench.preview.studio import Edition, Studio
from workbench.window.mail_body import as_seen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHOSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "bakery": ("cake-guide", "tasting-invitation.de"),
    "harbor": ("what-changed",),
}
"""Client → the mails that the documentation shows; `.de`: in that language."""
WIDTHS: Final = {"phone": 360, "desktop": 680}
SCHEMES: Final = ("light", "dark")
ADA: Final = {"first_name": "Ada", "company": "Analytical Engines"}
CUT_OFF: Final = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const style = getComputedStyle(walk.currentNode.parentElement);
    if (style.visibility === "hidden" || !walk.currentNode.data.trim()) continue;
    for (const box of range.getClientRects())
      if (box.width > 1 && (box.left < 0 || box.right > innerWidth + 0.5))
        found.push(walk.currentNode.data.trim().slice(0, 60));
  }
  return found;
}"""
"""The texts of which a part lies outside the window."""


def take(browser: "Browser", clients: Path, out: Path) -> Iterator[Path]:
    for client, mails in CHOSEN.items():
        studio = Studio(clients / client, environment="dev")
        try:
            for name in mails:
                html = html_of(studio.edition(), name)
                yield from _pictures(browser, html, out / f"mail-{client}-{name.replace('.', '-')}")
        finally:
            studio.close()


def html_of(edition: Edition, name: str) -> str:
    """``name``: a mail's, with `.de` behind it in that language."""
    mail_name, _, language = name.partition(".")
    mail = edition.mail(mail_name)
    if mail is None:
        raise KeyError(f"no mail {mail_name!r} to take a picture of")
    return edition.rendered(mail, imagined(ADA), language=language).html or ""


def shown(
    browser: "Browser", html: str, *, width: int, scheme: str, picture: Path | None = None
) -> list[str]:
    """What is cut off at that width; a picture of the whole, if there is a place for it."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, device_scale_factor=1.5, offline=True
    )
    try:
        page = context.new_page()
        page.set_content(as_seen(html, scheme=scheme))
        if picture:
            page.screenshot(path=picture, full_page=True)
        return list(page.evaluate(CUT_OFF))
    finally:
        context.close()


def _pictures(browser: "Browser", html: str, stem: Path) -> Iterator[Path]:
    for screen, width in WIDTHS.items():
        for scheme in SCHEMES:
            picture = stem.with_name(f"{stem.name}-{screen}-{scheme}.png")
            shown(browser, html, width=width, scheme=scheme, picture=picture)
            yield picture
