"""Every mail of both example clients in a real browser: nothing is cut off, by day or by night."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from workbench.local.synthesis import ROOT
from workbench.preview.pictures import html_of, shown
from workbench.preview.studio import Edition, Studio

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE, DESKTOP = 360, 640


@pytest.fixture(scope="module", params=["bakery", "harbor"])
def edition(request: pytest.FixtureRequest) -> Iterator[Edition]:
    studio = Studio(ROOT / "clients" / request.param, environment="dev")
    yield studio.edition()
    studio.close()


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    for mail in edition.mails():
        for language in ("", *mail.translations):
            name = f"{mail.mail}.{language}"
            if html := html_of(edition, name):
                yield name, html


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_text_is_cut_off(chromium: "Browser", edition: Edition, width: int, scheme: str) -> None:
    found = {
        name: shown(chromium, html, width=width, scheme=scheme) for name, html in pages(edition)
    }

    assert found
    assert {name: cut for name, cut in found.items() if cut} == {}


def test_a_text_that_is_cut_off_would_be_seen(chromium: "Browser") -> None:
    html = '<p style="white-space:nowrap;width:2000px">' + "wide " * 200 + "</p>"

    assert shown(chromium, html, width=PHONE, scheme="light")


def test_the_trap_is_seen_by_nobody(chromium: "Browser", edition: Edition) -> None:
    _, html = next(pages(edition))
    page = chromium.new_page()
    try:
        page.set_content(html)
        trap = page.locator('a[aria-hidden="true"]')
        assert trap.count() == 1
        assert not trap.is_visible()
    finally:
        page.close()
