"""A lead answers in the mailbox, and everybody sees what follows."""

from collections.abc import Callable

import pytest

from tests.e2e.window.visitor import GUIDE, Visitor, new_address

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.xdist_group("local cloud")
TOWN = "deployed"


@pytest.mark.parametrize("java_script", [True, False], ids=["with-js", "without-js"])
def test_an_answer_reaches_the_owner_and_nurturing_rests(
    visit: Visit, *, java_script: bool
) -> None:
    ada, address = visit(java_script_enabled=java_script), new_address()
    ada.asks_for_the_guide(address)
    looking = ada.finds if java_script else ada.finds_by_reloading
    ada.sees(looking(GUIDE, address))
    ada.opens(GUIDE, address)

    ada.page.get_by_label("Your answer").fill("Do you bake for forty people?")
    ada.page.get_by_role("button", name="Reply").click()

    ada.page.get_by_text("The answer is on its way").wait_for()
    looking(f"Re: {GUIDE}", "rosa@lindenbakery.example").first.click()
    ada.page.get_by_role("link", name="Text", exact=True).click()
    ada.page.get_by_text("Do you bake for forty people?").first.wait_for()
    ada.sees_the_lead(address)
    ada.sees(ada.page.get_by_text("Nurturing rests until"))
    ada.sees(ada.page.get_by_text("replies to “cake-guide”"))


def test_please_stop_is_understood(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)

    ada.page.get_by_label("Your answer").fill("Please stop")
    ada.page.get_by_role("button", name="Reply").click()

    ada.page.get_by_text("The answer is on its way").wait_for()
    ada.sees_the_lead(address)
    ada.sees(ada.page.get_by_text("the lead unsubscribed"))


def test_a_mailbox_on_holiday_changes_nothing(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)

    ada.page.get_by_role("button", name="Be on holiday").click()

    ada.page.get_by_text("answered by itself").wait_for()
    ada.sees_the_lead(address)
    ada.sees(ada.page.get_by_text("Nothing forbids mail"))
    assert ada.page.get_by_text("Nurturing rests").count() == 0
