from collections.abc import Callable

import pytest

from tests.e2e.window.visitor import GUIDE, Visitor, new_address
from tests.fakes.town.town import FakeTown
from workbench.local.town import Town

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.xdist_group("window")


def clock(visitor: Visitor) -> str:
    return str(visitor.page.locator(".clock").inner_text())


def test_two_tabs_show_the_same_time(visit: Visit) -> None:
    ada, grace = visit(), visit()
    ada.goes_to("/")
    grace.goes_to("/mail")
    before = clock(grace)

    ada.lets_pass("day")

    grace.page.wait_for_function(
        "before => document.querySelector('.clock').innerText !== before", arg=before
    )
    grace.sees_time_stand_still()
    assert clock(grace) == clock(ada)


def test_nothing_else_moves_time_while_it_moves(visit: Visit, town: Town) -> None:
    if not isinstance(town, FakeTown):
        pytest.skip("only the fake town can be made slow enough to look at")
    ada, grace = visit(), visit()
    ada.asks_for_the_guide(new_address())
    ada.goes_to("/")
    ada.sees_time_stand_still()
    grace.goes_to("/")
    waiting = grace.page.get_by_role("button", name="move time on by one hour")

    with town.held():
        ada.page.get_by_role("button", name="move time on by one day").click()

        ada.sees(ada.page.get_by_text("Time is moving"))
        ada.sees(grace.page.locator("#time[aria-busy]"))
        assert waiting.get_attribute("aria-disabled") == "true"

    grace.sees_time_stand_still()
    assert waiting.get_attribute("aria-disabled") is None


def test_time_plays_until_it_is_stopped(visit: Visit) -> None:
    ada = visit()
    ada.goes_to("/")
    before = clock(ada)

    ada.page.get_by_role("button", name="play, six hours a second").click()
    ada.page.wait_for_function(
        "before => document.querySelector('.clock').innerText !== before", arg=before
    )
    ada.page.get_by_role("button", name="Stop").click()

    ada.sees_time_stand_still()
    stopped = clock(ada)
    ada.page.wait_for_timeout(800)
    assert clock(ada) == stopped


def test_what_happens_is_listed_as_it_happens(visit: Visit) -> None:
    ada, grace = visit(), visit()
    grace.goes_to("/")

    ada.asks_for_the_guide(new_address())

    grace.page.locator(".log li", has_text="cake-guide").first.wait_for()


def test_a_mail_appears_in_an_open_mailbox(visit: Visit) -> None:
    ada, grace, address = visit(), visit(), new_address()
    grace.finds(GUIDE, address)

    ada.asks_for_the_guide(address)

    grace.page.locator(".row", has_text=GUIDE).wait_for()


def test_the_form_is_filled_in_by_keyboard_alone(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.goes_to("/site/bakery/")

    _tab_to(ada, "[name=email]")
    ada.page.keyboard.type(address)
    _tab_to(ada, "[name=first_name]")
    ada.page.keyboard.type("Ada")
    _tab_to(ada, "[type=checkbox]")
    ada.page.keyboard.press("Space")
    ada.page.keyboard.press("Enter")

    ada.page.get_by_role("heading", name="Thank you").wait_for()


def test_a_mail_is_found_and_opened_by_keyboard_alone(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.waits_for(GUIDE, address)

    _tab_to(ada, ".skip")
    ada.page.keyboard.press("Enter")
    _tab_to(ada, ".row")
    ada.page.keyboard.press("ArrowDown")
    ada.page.keyboard.press("Enter")

    ada.page.get_by_role("heading", name=GUIDE, level=1).wait_for()


def test_time_is_moved_by_keyboard_alone_and_keeps_the_focus(visit: Visit) -> None:
    ada = visit()
    ada.goes_to("/")
    before = clock(ada)

    _tab_to(ada, "#move-time-step-day")
    ada.page.keyboard.press("Enter")

    ada.page.wait_for_function(
        "before => document.querySelector('.clock').innerText !== before", arg=before
    )
    ada.sees_time_stand_still()
    assert ada.page.evaluate("document.activeElement.id") == "move-time-step-day"


def _tab_to(visitor: Visitor, selector: str) -> None:
    for _ in range(60):
        if visitor.page.evaluate("what => document.activeElement.matches(what)", selector):
            return
        visitor.page.keyboard.press("Tab")
    pytest.fail(f"the Tab key never reaches {selector}")
