from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.fakes.town.people import mail_to
from tests.fakes.town.town import FakeTown
from workbench.window.app import create_app
from workbench.window.deeds import A_MOMENT

PAGES = ["/", "/mail", "/mail/leads", "/clients/bakery", "/clients/harbor", "/time"]


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_town_has_pages_that_say_what_to_do(empty: FakeTown, path: str) -> None:
    with TestClient(create_app(empty), base_url="http://127.0.0.1") as browser:
        answer = browser.get(path)

    assert answer.status_code == 200
    assert "ill in" in answer.text


@pytest.mark.parametrize(
    "path", ["/mail/nix", "/clients/nix", "/clients/bakery/leads/nix", "/site/nix/", "/nix"]
)
def test_what_is_not_there_is_said_in_a_page(browser: TestClient, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 404
    assert "Back to the overview" in answer.text


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=-1", "?before=999999", "?q=%00", "?page=x"]
)
def test_an_odd_question_gets_a_page(browser: TestClient, query: str) -> None:
    assert browser.get(f"/mail{query}").status_code == 200
    assert browser.get(f"/clients/bakery{query}").status_code == 200


def test_a_mail_tells_why_it_came_and_what_comes_next(town: FakeTown, browser: TestClient) -> None:
    page = browser.get(f"/mail/{mail_to(town, 'Grace', 'case-study').id}").text

    assert "The lead filled in the form cake-guide" in page
    assert "“cake-guide” came first" in page
    assert "then a wait of 2 days" in page
    assert "The lead agreed to “Baking letters”" in page
    assert "as soon as a click comes" in page


def test_a_changed_folders_problem_stands_on_every_page(
    town: FakeTown, browser: TestClient
) -> None:
    town.wrong["harbor"] = "journeys/trial.yaml:9: no mail <b>"

    for path in PAGES[:-1]:
        assert "journeys/trial.yaml:9: no mail &lt;b&gt;" in browser.get(path).text


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("complain", "called this mail spam"),
        ("bounce-hard", "does not exist"),
        ("bounce-soft", "was full"),
        ("unsubscribe", "the answer was 200"),
        ("scan", "Links followed: 2"),
    ],
)
def test_what_a_mailbox_does_is_done_and_said(
    town: FakeTown, browser: TestClient, deed: str, said: str
) -> None:
    mail = mail_to(town, "Barbara", "case-study")
    before = len(town.people["bakery"].record(mail.lead).touchpoints)

    answer = browser.post(f"/mail/{mail.id}/{deed}")

    assert said in answer.text
    assert len(town.people["bakery"].record(mail.lead).touchpoints) > before


def test_words_said_after_a_deed_are_only_our_own(town: FakeTown, browser: TestClient) -> None:
    page = browser.get(f"/mail/{town.mails()[0].id}?done=you-won-1000").text

    assert "you-won" not in page
    assert "flash" not in page


def test_a_clients_own_site_is_served_with_its_forms_kept_here(tmp_path: Path) -> None:
    site = tmp_path / "bakery" / "site"
    site.mkdir(parents=True)
    form = '<form method="post" action="https://go.bakery.example/forms/cake-guide"></form>'
    (site / "index.html").write_text(form)
    (site / "style.css").write_text("p{}")
    town = FakeTown(folders=tmp_path)

    with TestClient(create_app(town), base_url="http://127.0.0.1") as browser:
        page, style = browser.get("/site/bakery/"), browser.get("/site/bakery/style.css")

    assert 'action="/site/bakery/forms/cake-guide"' in page.text
    assert "allow-same-origin" not in page.headers["content-security-policy"]
    assert style.headers["content-type"].startswith("text/css")
    town.close()


def test_a_post_ends_on_the_local_thank_you_page(browser: TestClient) -> None:
    given = {"email": "new@example.com", "first_name": "New"}

    answer = browser.post("/site/bakery/forms/cake-guide", data=given)

    assert answer.url.path == "/site/bakery/thank-you"
    assert "cake-guide.pdf" in answer.text


def test_an_api_that_is_down_is_said(town: FakeTown, browser: TestClient) -> None:
    town.people["bakery"].url = "http://127.0.0.1:9/bakery"

    answer = browser.post("/site/bakery/forms/cake-guide", data={"email": "a@example.com"})

    assert answer.status_code == 502
    assert "did not answer" in answer.text


def test_reading_a_mail_takes_a_moment_but_only_once(empty: FakeTown) -> None:
    empty.people["bakery"].submit("cake-guide", {"email": "ada@example.com"})
    empty.settle()
    mail = empty.mails()[0]

    with TestClient(create_app(empty), base_url="http://127.0.0.1") as browser:
        browser.post(f"/mail/{mail.id}/open")
        after = empty.now()
        browser.post(f"/mail/{mail.id}/read")

    assert after - mail.at == A_MOMENT
    assert empty.now() == after
