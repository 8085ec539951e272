from collections.abc import Callable

import pytest

from tests.e2e.window.visitor import GUIDE, INVITATION, STORY, Visitor, new_address

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.xdist_group("local cloud")
TOWN = "deployed"
"""The real one: the journey is what all the rest is for."""


@pytest.mark.parametrize("java_script", [True, False], ids=["with-js", "without-js"])
def test_the_form_works_and_its_mail_arrives(visit: Visit, *, java_script: bool) -> None:
    ada, address = visit(java_script_enabled=java_script), new_address()

    ada.asks_for_the_guide(address)

    ada.sees(ada.page.get_by_role("link", name="cake-guide.pdf"))
    looking = ada.finds if java_script else ada.finds_by_reloading
    ada.sees(looking(GUIDE, address))
    ada.opens(GUIDE, address)
    ada.sees(ada.page.get_by_text("The lead asked for it"))


def test_what_was_typed_stays_when_something_is_wrong(visit: Visit) -> None:
    ada = visit()
    ada.goes_to("/site/bakery/")
    ada.page.get_by_label("Where shall we send it?").fill("ada@nowhere")
    ada.page.get_by_label("Your first name").fill("Ada <b>")

    with ada.page.expect_response(lambda got: got.status == 422):
        ada.page.get_by_role("button", name="Send me the guide").click()

    ada.sees(ada.page.locator("[aria-invalid=true]"))
    kept = ada.page.get_by_label("Your first name")
    assert kept.input_value() == "Ada <b>"
    ada.page.get_by_label("Where shall we send it?").fill(new_address())
    ada.page.get_by_role("button", name="Send me the guide").click()
    ada.sees(ada.page.get_by_role("heading", name="Thank you"))


def test_a_click_on_the_story_brings_the_invitation(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.waits_for(STORY, address)
    ada.opens(STORY, address)
    ada.sees(ada.page.get_by_text("as soon as a click comes"))

    ada.follows(ada.page.frame_locator("iframe").get_by_role("link").first)
    ada.lets_pass("hour")

    ada.waits_for(INVITATION, address, days=2)
    ada.opens(INVITATION, address)
    ada.sees(ada.page.get_by_text("a click came within 3 days"))


def test_who_unsubscribes_on_the_page_gets_no_more_letters(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)
    ada.page.get_by_role("link", name="Text", exact=True).click()

    page = ada.follows(ada.page.locator("pre a[href*='/unsubscribe/']").first)
    with page.expect_response(lambda got: got.request.method == "POST"):
        page.get_by_role("button", name="Unsubscribe").click()

    ada.sees_the_lead(address)
    ada.sees(ada.page.get_by_text("No marketing mail: the lead unsubscribed"))


def test_one_click_unsubscribes_too(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)

    ada.page.get_by_role("button", name="Unsubscribe").click()

    ada.sees(ada.page.get_by_text("the answer was 200"))
    ada.sees(ada.page.get_by_text("No more marketing mail: the lead unsubscribed"))


def test_a_scanner_is_told_from_a_person(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address)
    ada.waits_for(STORY, address)
    ada.opens(STORY, address)

    ada.page.get_by_role("button", name="Send a scanner").click()
    ada.sees(ada.page.get_by_text("A scanner followed every link"))
    ada.lets_pass("hour")

    ada.sees_the_lead(address)
    ada.sees(ada.page.locator(".verdict.machine", has_text="A machine"))


def test_a_leads_page_tells_and_draws_all_of_it(visit: Visit) -> None:
    ada, address = visit(), new_address()
    ada.asks_for_the_guide(address, letters=False)
    ada.waits_for(GUIDE, address)

    ada.sees_the_lead(address)

    drawing = ada.page.get_by_role("list", name="The steps of Welcome with the cake guide")
    done = drawing.get_by_role("listitem", name="cake-guide, mail: done")
    here = drawing.get_by_role("listitem", name="the lead stands here")
    ada.sees(done)
    ada.sees(here)
    assert (done.count(), here.count()) == (1, 1)
    ada.sees(ada.page.get_by_text("will not be sent: the lead never agreed"))
    ada.sees(ada.page.locator(".diary").get_by_text("fills in the form"))
    assert not ada.cries
