"""The frame that `coldframe forms` prints, in a real browser: who is asked about, and who isn't."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from coldframe.domain.form import Form, FormField
from infra.playbook.visits import script
from workbench.forms.handed_out import hand_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.xdist_group("window")
SITE, OURS = "https://www.lindenbakery.example", "https://go.lindenbakery.example"
CAKES = Form(
    form="cakes",
    title="Cakes",
    fields=(FormField(name="guests", type="number", label="Guests", required=True),),
    sites=(SITE,),
    ask=2,
)
FRAME = hand_out(CAKES, base=OURS, visits=True).snippet
PAGE = f'<!doctype html><script src="{OURS}/activity"></script><h1>Cakes</h1>{FRAME}'


class Bakery:
    """The client's page with the form in a frame, and our API, which knows whoever asks."""

    def __init__(self, browser: "Browser") -> None:
        self.context = browser.new_context()
        self.context.set_default_timeout(60_000)
        self.context.route("**/*", self._answer)
        self.asked: list[dict[str, Any]] = []
        self.shown: list[str] = []
        self.page: Page = self.context.new_page()

    def _answer(self, route: "Route") -> None:
        url = route.request.url
        if url.endswith("/asked"):
            self.asked.append(json.loads(route.request.post_data or ""))
            allowed = {"access-control-allow-origin": SITE}
            route.fulfill(body='{"asked": "a.token"}', headers=allowed)
        elif url.startswith(f"{OURS}/forms/"):
            self.shown.append(url)
            route.fulfill(body="<h1>The form</h1>", content_type="text/html")
        elif url.startswith(f"{OURS}/activity"):
            route.fulfill(body=script(), content_type="text/javascript")
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    def goes_there(self) -> None:
        self.page.goto(SITE, wait_until="networkidle")


@pytest.fixture
def bakery(chromium: "Browser") -> Iterator[Callable[[], Bakery]]:
    opened: list[Bakery] = []

    def open_it() -> Bakery:
        opened.append(Bakery(chromium))
        return opened[-1]

    yield open_it
    for each in opened:
        each.context.close()


def test_who_consented_is_asked_about_by_the_body_of_a_post_and_sees_the_short_form(
    bakery: Callable[[], Bakery],
) -> None:
    ada = bakery()
    ada.goes_there()
    ada.page.evaluate("coldframe.consent(true); coldframe.visit()")
    first = ada.page.evaluate("JSON.parse(localStorage.coldframe).v")
    ada.page.evaluate("Date.now = (now => () => now + 36e5)(Date.now()); coldframe.visit()")
    second = ada.page.evaluate("JSON.parse(localStorage.coldframe).v")

    ada.goes_there()
    ada.page.wait_for_function("document.querySelector('iframe').src.endsWith('asked=a.token')")
    ada.page.frame_locator("iframe").get_by_text("The form").wait_for()

    assert ada.asked == [{"visitor": second, "before": [first]}]
    assert not any(first in url or second in url for url in ada.shown)


def test_nobody_is_asked_about_without_consent_or_where_tracking_is_refused(
    bakery: Callable[[], Bakery],
) -> None:
    stranger, refusing = bakery(), bakery()
    stranger.goes_there()
    stranger.goes_there()
    refusing.goes_there()
    refusing.page.evaluate("coldframe.consent(true)")
    refusing.context.add_init_script(
        "Object.defineProperty(navigator, 'globalPrivacyControl', {get: () => true})"
    )
    refusing.goes_there()

    assert stranger.asked == refusing.asked == []
    assert {*stranger.shown, *refusing.shown} == {f"{OURS}/forms/cakes?lang=en&embed=1"}
