import json
from pathlib import Path

import pytest

from coldframe.domain import agents

LISTED = Path(__file__).parents[4] / "shared/data/lists/crawler-user-agents.json"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
BROWSERS = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0",
    f"{IPHONE} (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    f"{IPHONE} (KHTML, like Gecko) GSA/343.0.695551749 Mobile/15E148 Safari/604.1",
    f"{IPHONE} (KHTML, like Gecko) CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1",
    f"{IPHONE} (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/485.1.0.45.110]",
    f"{IPHONE} (KHTML, like Gecko) Mobile/15E148 LinkedInApp/9.30.1234",
    f"Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) {WEBKIT} Chrome/131.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14; SM-S921B) {WEBKIT} SamsungBrowser/26.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/130.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
]
TOOLS = [
    "",
    "Mozilla/5.0",
    "curl/8.0",
    "python-requests/2.32",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/130.0 Safari/537.36",
    f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/120.0 Safari/537.36 Playwright/1.40.0",
    "Mozilla/5.0 (compatible; Barracuda Sentinel)",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
]


@pytest.mark.parametrize("agent", BROWSERS)
def test_browsers_that_people_use_are_no_machines(agent: str) -> None:
    assert agents.reads(agent)


@pytest.mark.parametrize("agent", TOOLS)
def test_what_says_its_trade_or_nothing_is_no_browser(agent: str) -> None:
    assert not agents.reads(agent)


@pytest.mark.skipif(not LISTED.exists(), reason="the long list of crawlers isn't here")
def test_of_a_long_list_of_crawlers_99_in_100_are_known() -> None:
    listed = [one for each in json.loads(LISTED.read_bytes()) for one in each.get("instances", [])]

    taken_for_people = [agent for agent in listed if agents.reads(agent)]

    assert len(listed) > 1_000
    assert len(taken_for_people) <= len(listed) / 100


@pytest.mark.parametrize(
    "agent",
    [*BROWSERS, "Outlook-iOS/2.0", "YahooMailProxy", "Mozilla/4.0 (ms-office; MSOffice 16)"],
)
def test_a_picture_may_be_seen_through_mail_programs_and_proxies_too(agent: str) -> None:
    assert agents.shows_pictures(agent)
    assert not agents.prefetches(agent)


def test_apples_and_gmails_proxies_are_told_apart() -> None:
    gmail = (
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
    )

    assert agents.prefetches("Mozilla/5.0")
    assert not agents.prefetches(gmail)
    assert agents.stands_in(gmail)
