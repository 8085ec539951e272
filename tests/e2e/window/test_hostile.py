import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.window.visitor import GUIDE, Visitor, new_address
from tests.fakes.town.people import HOSTILE_HTML, HOSTILE_NAME
from tests.fakes.town.town import FakeTown
from workbench.local.town import SentMail, Town

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.xdist_group("window")
SAMPLES = Path(__file__).parents[4] / "shared/data/input/blns.json"
NAUGHTY = json.loads(SAMPLES.read_text("utf-8")) if SAMPLES.exists() else []
PHONE = {"width": 360, "height": 740}


def wide(visitor: Visitor) -> int:
    return int(visitor.page.evaluate("document.documentElement.scrollWidth"))


@pytest.fixture
def fake(town: Town) -> FakeTown:
    if not isinstance(town, FakeTown):
        pytest.skip("no client of ours writes such a mail: only the fake town can deliver it")
    return town


def hostile(town: FakeTown) -> SentMail:
    """A mail whose HTML tries everything, to a lead that exists."""
    address = new_address("mallory")
    town.people["bakery"].submit("cake-guide", {"email": address, "first_name": HOSTILE_NAME})
    town.advance(timedelta(minutes=1))
    mail = replace(town.mails()[-1], id="hostile", html=HOSTILE_HTML, subject=HOSTILE_NAME)
    town.deliver(mail)
    return mail


def test_nothing_in_a_hostile_mail_runs(visit: Visit, fake: FakeTown) -> None:
    mallory, mail = visit(), hostile(fake)
    at = fake.now()

    for query in ("", "?view=text", "?view=source", "?view=headers", "?scheme=dark&width=phone"):
        mallory.goes_to(f"/mail/{mail.id}{query}")
        mallory.page.wait_for_timeout(300)
        assert "taken" not in mallory.page.title().split(" · ")[1:]
        assert mallory.page.title() != "taken"
    body = mallory.page.frame_locator("iframe")
    body.get_by_role("button", name="Win").click()
    body.get_by_text("click", exact=True).click()
    mallory.page.wait_for_timeout(500)

    assert mallory.page.title() != "taken"
    assert f"/mail/{mail.id}" in mallory.page.url
    assert fake.now() - at < timedelta(minutes=5)


def test_every_naughty_string_is_shown_as_it_is_and_breaks_nothing(
    visit: Visit, town: Town
) -> None:
    ada, address = visit(viewport=PHONE), new_address("naughty")
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)
    pages = ["/mail", f"/clients/bakery?q={address}", ada.page.url.removeprefix(ada.home)]
    ada.sees_the_lead(address)
    pages.append(ada.page.url.removeprefix(ada.home))

    for path in pages:
        ada.goes_to(path)
        shown = ada.page.locator("main bdi").all()
        assert shown
        broken = ada.page.evaluate(
            """names => {
              const places = [...document.querySelectorAll("main bdi")];
              const wide = () => document.documentElement.scrollWidth;
              return names.filter(name => {
                places.forEach(place => { place.textContent = name; });
                return wide() > 360;
              });
            }""",
            NAUGHTY,
        )
        assert broken == []
    assert town.clients()


def test_naughty_names_pass_from_the_form_to_the_page(visit: Visit, fake: FakeTown) -> None:
    for number, name in enumerate(NAUGHTY):
        given = {"email": f"naughty{number}@example.com", "first_name": name[:80]}
        assert not fake.people["bakery"].submit("cake-guide", given)
    ada = visit(viewport=PHONE)

    for page in range(-(-len(NAUGHTY) // 50)):
        ada.goes_to(f"/clients/bakery?page={page}")
        assert wide(ada) <= PHONE["width"]

    assert ada.page.title() == "Linden Bakery · Coldframe"
    assert not ada.cries
