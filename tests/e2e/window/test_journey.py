from collections.abc import Callable

import pytest

from tests.e2e.window.visitor import GUIDE, INVITATION, STORY, Visitor, new_address

Visit = Callable[..., Visitor]
pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("local cloud")]
TOWN = "deployed"
"""The real one: the journey is what all the rest is for."""


@pytest.mark.parametrize("java_script", [True, False], ids=["with-js", "without-js"])
def test_the_form_works_and_its_mail_arrives(visit: Visit, *, java_script: bool) -> None:
    ada, address = visit(java_script_enabled=java_script), new_address()

    ada.asks_for_the_guide(address)

    assert ada.page.get_by_role("link", name="cake-guide.pdf").is_visible()
    looking = ada.finds if java_script else ada.finds_by_reloading
    looking(GUIDE, address).first.wait_for()
    ada.opens(GUIDE, address)
    assert ada.page.get_by_text("The lead asked for it").is_visible()


def test_what_was_typed_stays_when_something_is_wrong(visit: Visit) -> None:
    ada = visit()
    ada.goes_to("/site/bakery/")
    ada.page.get_by_label("Where shall we send it?").fill("ada@nowhere")
    ada.page.get_by_label("Your first name").fill("Ada <b>")

    ada.page.get_by_role("button", name="Send me the guide").click()

    kept = ada.page.get_by_label("Your first name")
    kept.wait_for()
    assert kept.input_value() == "Ada <b>"
    ada.page.get_by_label("Where shall we send it?").fill(new_address())
    ada.page.get_by_role("button", name="Send me the guide").click()
    ada.page.get_by_role("heading", name="Thank you").wait_for()


def test_a_click_on_the_story_brings_the_invitation(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.waits_for(STORY, address)
    ada.opens(STORY, address)
    assert ada.page.get_by_text("as soon as a click comes").is_visible()

    ada.follows(ada.page.frame_locator("iframe").get_by_role("link").first)
    ada.lets_pass("hour")

    ada.waits_for(INVITATION, address, days=2)
    ada.opens(INVITATION, address)
    assert ada.page.get_by_text("a click came within 3 days").is_visible()


def test_who_unsubscribes_on_the_page_gets_no_more_letters(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)
    ada.page.get_by_role("link", name="Text", exact=True).click()

    page = ada.follows(ada.page.locator("pre a[href*='/unsubscribe/']").first)
    page.get_by_role("button", name="Unsubscribe").click()
    page.wait_for_load_state()

    ada.sees_the_lead(address)
    ada.page.get_by_text("No marketing mail: the lead unsubscribed").first.wait_for()


def test_one_click_unsubscribes_too(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)

    ada.page.get_by_role("button", name="Unsubscribe").click()

    ada.page.get_by_text("the answer was 200").wait_for()
    ada.page.get_by_text("No more marketing mail: the lead unsubscribed").first.wait_for()


def test_a_scanner_is_told_from_a_person(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.waits_for(STORY, address)
    ada.opens(STORY, address)

    ada.page.get_by_role("button", name="Send a scanner").click()
    ada.page.get_by_text("A scanner followed every link").wait_for()
    ada.lets_pass("hour")

    ada.sees_the_lead(address)
    ada.page.locator(".verdict.machine").first.wait_for()
    assert ada.page.get_by_text("A machine", exact=False).first.is_visible()


def test_a_leads_page_tells_and_draws_all_of_it(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address, letters=False)
    ada.waits_for(GUIDE, address)

    ada.sees_the_lead(address)

    drawing = ada.page.get_by_role("list", name="The steps of Welcome with the cake guide")
    assert drawing.get_by_role("listitem", name="cake-guide, mail: done").count() == 1
    assert drawing.get_by_role("listitem", name="the lead stands here").count() == 1
    assert ada.page.get_by_text("will not be sent: the lead never agreed").first.is_visible()
    assert ada.page.locator(".diary").get_by_text("fills in the form").is_visible()
    assert not ada.cries
