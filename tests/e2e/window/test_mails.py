"""Every mail of both example clients in a real browser: read by everybody, by day or by night."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from workbench.local.synthesis import ROOT
from workbench.preview.pictures import html_of, names, reader, seen
from workbench.preview.studio import Edition, Studio

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE, DESKTOP = 360, 640


@pytest.fixture(scope="module", params=["bakery", "harbor"])
def edition(request: pytest.FixtureRequest) -> Iterator[Edition]:
    studio = Studio(ROOT / "clients" / request.param, environment="dev")
    yield studio.edition()
    studio.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_nothing_is_cut_off_and_nothing_is_faint(
    chromium: "Browser", edition: Edition, width: int, scheme: str
) -> None:
    with reader(chromium, width=width) as page:
        found = [seen(page, name, html_of(edition, name), scheme=scheme) for name in names(edition)]

    assert found
    assert {each.name: each.cut for each in found if each.cut} == {}
    assert {each.name: each.faint for each in found if each.faint} == {}


@pytest.mark.parametrize(
    "html",
    [
        '<p style="white-space:nowrap;width:2000px">' + "wide " * 200 + "</p>",
        '<div style="width:200px;overflow:hidden;white-space:nowrap">' + "wide " * 40 + "</div>",
    ],
)
def test_what_is_cut_off_would_be_seen(chromium: "Browser", html: str) -> None:
    with reader(chromium, width=PHONE) as page:
        assert seen(page, "wide", html, scheme="light").cut


def test_what_is_faint_would_be_seen(chromium: "Browser") -> None:
    html = '<div style="background:#222"><p style="color:#555">faint</p></div>'
    with reader(chromium, width=PHONE) as page:
        assert seen(page, "faint", html, scheme="light").faint


def test_the_trap_is_seen_by_nobody(chromium: "Browser", edition: Edition) -> None:
    with reader(chromium, width=PHONE) as page:
        page.set_content(html_of(edition, next(names(edition))))
        trap = page.locator('a[aria-hidden="true"]')

        assert trap.count() == 1
        assert not trap.is_visible()
