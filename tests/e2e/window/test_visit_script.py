"""The script in a real browser: what it tells, what it keeps, and when it does nothing at all."""

import json
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from coldframe.domain.visits import VisitRules
from coldframe.entrypoints.activity import ActivityReader
from coldframe.entrypoints.http import Request
from infra.playbook.visits import script
from tests.fakes.clock import FrozenClock
from tests.unit.adapters.keyring import Vault

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.xdist_group("window")
SITE, OURS = "https://www.lindenbakery.example", "https://go.lindenbakery.example"
RULES = VisitRules(sites=(SITE,), events={"price.worked_out": {"guests": "number"}}, keep=90)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PAGE = f"""<!doctype html><title>Cakes</title><script src="{OURS}/activity" async></script>
<h1>Cakes</h1><a id="next" href="/next">Next</a> <a id="file" href="/menu.pdf?x=1">Menu</a>
<form method="post" action="{OURS}/forms/cake-guide"><input name="email" value="a@example.com">
<button>Send</button></form>"""

PREPARED = """const at = Date.now(); Date.now = () => at;
const [handed, beacon] = [[], navigator.sendBeacon.bind(navigator)]; window.handed = handed;
navigator.sendBeacon = (to, body) => { handed.push(body); return beacon(to, body); };"""
"""The page's clock stands still until a test moves it; what it hands to its browser is noted."""


class Bakery:
    """The client's site, and our API behind it, as a browser meets them."""

    def __init__(self, browser: "Browser", **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(60_000)
        self.context.add_init_script(PREPARED)
        self.context.route("**/*", self._answer)
        self.heard: list[str] = []
        self.posted: list[str] = []
        self.page: Page = self.context.new_page()

    def _answer(self, route: "Route") -> None:
        asked = route.request
        if asked.url.startswith(f"{OURS}/activity"):
            if asked.method == "POST":
                self.heard.append(asked.post_data or "")
            route.fulfill(body=script(), content_type="text/javascript")
        elif asked.url.startswith(f"{OURS}/forms/"):
            self.posted.append(asked.post_data or "")
            route.fulfill(body="<h1>Thanks</h1>", content_type="text/html")
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    def goes_to(self, path: str) -> None:
        self.page.goto(SITE + path, wait_until="networkidle")
        self.page.wait_for_function("window.coldframe !== undefined")

    def hides(self) -> None:
        """As another tab does, or leaving: what a browser sends later can't be listened to."""
        self._sees("hidden")
        self.has_told_all()

    def has_told_all(self) -> None:
        """Once what the page handed to its browser has come to us."""
        give_up = time.monotonic() + 60
        while missing := set(self.page.evaluate("window.handed")) - set(self.heard):
            assert time.monotonic() < give_up, missing
            self.page.wait_for_timeout(10)

    def comes_back(self) -> None:
        self._sees("visible")

    def _sees(self, state: str) -> None:
        self.page.evaluate(
            "state => {Object.defineProperty(document, 'visibilityState', {value: state,"
            " configurable: true}); document.dispatchEvent(new Event('visibilitychange'))}",
            state,
        )

    def passes(self, seconds: int) -> None:
        """By the page's own clock."""
        self.page.evaluate("ms => {Date.now = (now => () => now + ms)(Date.now())}", seconds * 1000)

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.heard]

    def events(self) -> list[dict[str, Any]]:
        return [event for told in self.told for event in told["events"]]

    def kept(self) -> dict[str, Any]:
        held = self.page.evaluate("localStorage.getItem('coldframe')")
        return json.loads(held) if held else {}

    def visit(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.page.evaluate("coldframe.visit()"))
        return found


@pytest.fixture
def bakery(chromium: "Browser") -> Iterator[Callable[..., Bakery]]:
    opened: list[Bakery] = []

    def open_it(**options: Any) -> Bakery:
        opened.append(Bakery(chromium, **options))
        return opened[-1]

    yield open_it
    for each in opened:
        each.context.close()


def test_a_page_that_is_left_tells_of_itself_once_and_we_understand_it(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/prices?utm_source=Letter&email=ada@example.com#top")
    ada.passes(41)
    ada.hides()
    ada.hides()

    (first,) = ada.events()
    assert (first["kind"], first["page"]) == ("page.viewed", f"{SITE}/prices?utm_source=Letter")
    assert (first["data"]["seconds"], first["ago"]) == (41, 41_000)
    assert "ada@example.com" not in json.dumps(ada.told)
    for told in ada.told:
        assert len(understood(told).seen) == len(told["events"])


def test_who_comes_back_reads_on(bakery: Callable[..., Bakery]) -> None:
    ada = bakery()
    ada.goes_to("/prices")
    ada.passes(5)
    ada.hides()
    ada.passes(600)
    ada.comes_back()
    ada.passes(7)
    ada.hides()

    found = [(each["kind"], each["data"]["seconds"]) for each in ada.events()]
    assert found == [("page.viewed", 5), ("page.read", 7)]


def test_a_page_after_another_tells_which_site_it_came_from(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/prices")
    ada.page.click("#next")
    ada.page.wait_for_url("**/next")
    ada.page.wait_for_function("window.coldframe !== undefined")
    ada.hides()

    assert (f"{SITE}/next", SITE) in [(each["page"], each["referrer"]) for each in ada.events()]


def understood(told: dict[str, Any]) -> Any:
    headers = {"origin": SITE, "content-type": "text/plain;charset=UTF-8", "user-agent": BROWSER}
    links = Vault().links()
    read = ActivityReader(
        rules=lambda: RULES, lead_of=lambda text: text, links=lambda: links, clock=FrozenClock()
    )
    body = json.dumps(told).encode()
    return read(Request(method="POST", path={}, headers=headers, body=body))


def test_without_consent_nothing_is_stored_and_each_page_is_another_visitor(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/one")
    assert ada.kept() == {}
    assert ada.context.cookies() == []
    ada.hides()
    ada.goes_to("/two")
    ada.hides()

    assert len({told["visitor"] for told in ada.told}) == 2


def test_with_consent_pages_are_one_visitors_until_it_is_taken_back(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/one")
    ada.page.evaluate("coldframe.consent(true)")
    visitor = ada.kept()["v"]
    ada.hides()
    ada.goes_to("/two")
    ada.hides()
    ada.page.evaluate("coldframe.consent(false)")
    assert ada.kept() == {}
    ada.goes_to("/three")
    ada.hides()

    assert [told["visitor"] == visitor for told in ada.told] == [True, True, False]


@pytest.mark.parametrize("signal", ["doNotTrack", "globalPrivacyControl"])
def test_who_asks_not_to_be_tracked_is_not(bakery: Callable[..., Bakery], signal: str) -> None:
    ada = bakery()
    value = "'1'" if signal == "doNotTrack" else "true"
    ada.context.add_init_script(
        f"Object.defineProperty(navigator, '{signal}', {{get: () => {value}}})"
    )
    ada.goes_to("/prices?cf=token")
    ada.page.evaluate("coldframe.consent(true); coldframe.event('price.worked_out', {})")
    assert ada.kept() == {}
    ada.page.click("button")
    ada.page.wait_for_url("**/forms/cake-guide")

    assert ada.told == []
    assert "coldframe_visit" not in ada.posted[0]


def test_a_form_of_ours_carries_the_visit_along(bakery: Callable[..., Bakery]) -> None:
    ada = bakery(locale="de-AT", timezone_id="Europe/Vienna")
    ada.goes_to("/prices?utm_source=letter")
    ada.page.click("button")
    ada.page.wait_for_url("**/forms/cake-guide")

    (carried,) = parse_qs(ada.posted[0])["coldframe_visit"]
    visit = json.loads(carried)
    assert (visit["zone"], visit["language"]) == ("Europe/Vienna", "de-AT")
    assert visit["touch"]["page"] == f"{SITE}/prices?utm_source=letter"
    assert len(visit["visitor"]) == 32


def test_who_gives_a_name_later_is_a_new_visitor(bakery: Callable[..., Bakery]) -> None:
    ada = bakery()
    ada.goes_to("/one")
    ada.page.evaluate("coldframe.consent(true)")
    first = ada.visit()["visitor"]
    assert ada.visit()["visitor"] == first
    ada.passes(31 * 60)

    assert ada.visit()["visitor"] != first


def test_a_token_is_told_with_consent_alone_and_leaves_the_address(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/cakes?a=1&cf=abc.def#x")
    assert ada.page.url == f"{SITE}/cakes?a=1#x"
    ada.page.wait_for_timeout(1200)
    assert not [told for told in ada.told if "token" in told]

    ada.page.evaluate("coldframe.consent(true)")
    ada.has_told_all()

    assert [told["token"] for told in ada.told if "token" in told] == ["abc.def"]


def test_whose_link_it_came_by_is_remembered_with_consent_until_somebody_else_may_sit_there(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/friends?cf_ref=abc.def")
    assert ada.visit()["ref"] == "abc.def"
    ada.page.evaluate("coldframe.consent(true)")
    ada.hides()

    ada.goes_to("/prices")
    assert ada.visit()["ref"] == "abc.def"
    ada.passes(31 * 60)

    assert "ref" not in ada.visit()
    assert not [event for event in ada.events() if "cf_ref" in event["page"]]


def test_what_a_form_gave_counts_by_its_own_link_and_not_here(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/thanks")
    for hash_ in ("abc.def", "0123456789abcdef"):
        ada.page.evaluate(
            "href => {const a = document.querySelector('#file'); a.href = href;"
            " a.addEventListener('click', e => e.preventDefault()); a.click()}",
            f"{OURS}/files/{hash_}/guide.pdf",
        )
    ada.has_told_all()

    assert [each["data"] for each in ada.events()] == [{"file": "guide.pdf"}]


def test_downloads_and_events_of_the_pages_own_are_told_at_once(
    bakery: Callable[..., Bakery],
) -> None:
    ada = bakery()
    ada.goes_to("/one")
    ada.page.evaluate(
        "document.getElementById('file').addEventListener('click', event => event.preventDefault())"
    )
    ada.page.click("#file")
    ada.page.evaluate("coldframe.event('price.worked_out', {guests: 80})")
    ada.has_told_all()

    told = sorted(ada.events(), key=lambda each: str(each["kind"]))
    assert [(each["kind"], each["data"]) for each in told] == [
        ("file.downloaded", {"file": "menu.pdf"}),
        ("price.worked_out", {"guests": 80}),
    ]


def test_a_page_without_storage_still_works(bakery: Callable[..., Bakery]) -> None:
    ada = bakery()
    ada.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get: () => { throw new Error('no') }})"
    )
    ada.goes_to("/one")
    ada.page.evaluate("coldframe.consent(true)")
    ada.hides()

    assert [each["kind"] for each in ada.events()] == ["page.viewed"]
