from starlette.testclient import TestClient

from tests.fakes.town.people import mail_to
from tests.fakes.town.town import FakeTown


def test_an_answer_is_sent_said_and_passed_on(town: FakeTown, browser: TestClient) -> None:
    mail = mail_to(town, "Barbara", "case-study")

    answer = browser.post(f"/mail/{mail.id}/reply", data={"text": " Do you deliver? "})

    assert "The answer is on its way" in answer.text
    assert "Nurturing rests until" in answer.text
    forward = town.mails()[-1]
    assert (forward.mail, forward.text) == ("_reply", "Do you deliver?")
    assert dict(forward.headers)["Reply-To"] == mail.recipient
    assert "Do you deliver?" in browser.get(f"/mail/{forward.id}").text


def test_the_leads_page_says_that_it_replied_and_until_when_nurturing_rests(
    town: FakeTown, browser: TestClient
) -> None:
    mail = mail_to(town, "Barbara", "case-study")
    browser.post(f"/mail/{mail.id}/reply", data={"text": "Do you deliver?"})

    page = browser.get(f"/clients/bakery/leads/{mail.lead}").text

    assert "Nurturing rests until" in page
    assert "replies to “case-study”" in page


def test_an_answer_without_a_word_is_not_sent(town: FakeTown, browser: TestClient) -> None:
    mail = mail_to(town, "Barbara", "case-study")
    before = len(town.mails())

    answer = browser.post(f"/mail/{mail.id}/reply", data={"text": "  "})

    assert "needs some words" in answer.text
    assert len(town.mails()) == before


def test_a_mailbox_on_holiday_holds_nothing(town: FakeTown, browser: TestClient) -> None:
    mail = mail_to(town, "Barbara", "case-study")

    answer = browser.post(f"/mail/{mail.id}/out-of-office")

    assert "answered by itself" in answer.text
    assert "Nurturing rests" not in answer.text


def test_a_mail_that_is_not_there_is_not_answered(browser: TestClient) -> None:
    assert browser.post("/mail/nix/reply", data={"text": "Hello?"}).status_code == 404
