"""The preview's pages: a client's mails as a lead would get them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.unit.playbook.folders import bakery_in_two_languages, edit
from workbench.preview.app import create_app
from workbench.preview.studio import Studio

BLOCK = '{% if filling == "lemon" %}\nLemon it is.\n{% else %}\nNo lemon.\n{% endif %}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = bakery_in_two_languages(tmp_path)
    edit(folder, "emails/baking-letter.md", "Once a month, one thing", f"{BLOCK}\none thing")
    return folder


@pytest.fixture
def pages(folder: Path) -> Iterator[TestClient]:
    studio = Studio(folder, environment="dev")
    app = create_app(studio, first="first_name=Ada")
    yield TestClient(app, base_url="http://127.0.0.1")
    studio.close()


def body(pages: TestClient, mail: str, **query: str) -> str:
    answer = pages.get(f"/mails/{mail}/body", params=query)
    assert answer.status_code == 200
    return answer.text


def test_every_mail_of_the_client_is_listed(pages: TestClient) -> None:
    listed = pages.get("/").text

    for mail in ("baking-letter", "cake-guide", "case-study", "reminder", "tasting-invitation"):
        assert f'href="/mails/{mail}"' in listed
    assert "_hand_off" not in listed


def test_a_mail_is_shown_for_the_lead_that_is_asked_for(pages: TestClient) -> None:
    assert "Hello Ada," in body(pages, "case-study")
    assert "Hello Grace," in body(pages, "case-study", lead="first_name=Grace")
    assert "Hello there," in body(pages, "case-study", lead="first_name=")


def test_two_leads_stand_side_by_side(pages: TestClient) -> None:
    query = {"two": "1", "other": "language=de\nfirst_name=Grete"}
    page = pages.get("/mails/case-study", params=query).text

    assert page.count("<iframe ") == 2
    assert "Die Hochzeitstorte" in page
    assert "The wedding cake" in page
    assert "Guten Tag Grete" in body(pages, "case-study", which="1", **query)


def test_each_block_can_be_shown_as_if_its_condition_held(pages: TestClient) -> None:
    page = pages.get("/mails/baking-letter").text

    assert "filling == &#34;lemon&#34;" in page
    assert "No lemon." in body(pages, "baking-letter")
    assert "Lemon it is." in body(pages, "baking-letter", lead="filling=lemon")
    assert "Lemon it is." in body(pages, "baking-letter", when="1")
    assert "No lemon." in body(pages, "baking-letter", when="0", lead="filling=lemon")


def test_the_language_can_be_chosen(pages: TestClient) -> None:
    assert 'lang="de"' in body(pages, "case-study", language="de")
    assert 'lang="en"' in body(pages, "case-study", language="fr")


def test_dark_and_text_and_source_can_be_seen(pages: TestClient) -> None:
    assert "only dark" in body(pages, "case-study", scheme="dark")
    text = pages.get("/mails/case-study", params={"view": "text"}).text
    source = pages.get("/mails/case-study", params={"view": "source"}).text
    assert "Hello Ada," in text
    assert "<iframe" not in text + source
    assert "&lt;!doctype html&gt;" in source


def test_a_plain_mail_is_shown_as_text(pages: TestClient) -> None:
    page = pages.get("/mails/reminder").text

    assert "<iframe" not in page
    assert "Did you find an evening" in page
    assert pages.get("/mails/reminder/body").status_code == 404


def test_links_lead_straight_to_where_they_point_and_nothing_is_signed(pages: TestClient) -> None:
    html = body(pages, "case-study")

    assert 'href="https://www.lindenbakery.example/frosting-webinar"' in html
    assert "/go/" not in html


def test_a_mails_body_can_do_nothing(pages: TestClient) -> None:
    answer = pages.get("/mails/case-study/body")

    assert answer.headers["content-security-policy"].startswith("sandbox ")
    assert "allow-scripts" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in pages.get("/").headers["content-security-policy"]


def test_another_hosts_name_gets_nothing(folder: Path) -> None:
    studio = Studio(folder, environment="dev")

    answer = TestClient(create_app(studio), base_url="http://evil.example").get("/")

    assert answer.status_code == 400
    studio.close()


def test_what_is_typed_as_a_field_is_only_ever_a_value(pages: TestClient) -> None:
    nasty = "first_name=<script>alert(1)</script>{{ 7*7 }}"

    assert "<script>alert" not in body(pages, "case-study", lead=nasty)
    assert "<script>alert" not in pages.get("/mails/case-study", params={"lead": nasty}).text


@pytest.mark.parametrize("lead", ["no field", "=x", "email=nobody"])
def test_a_lead_that_is_none_gets_a_clear_answer(pages: TestClient, lead: str) -> None:
    answer = pages.get("/mails/case-study", params={"lead": lead})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_an_unknown_mail_is_not_found(pages: TestClient) -> None:
    assert pages.get("/mails/nothing").status_code == 404
    assert pages.get("/mails/nothing/body").status_code == 404


def test_a_changed_file_is_shown_anew(pages: TestClient, folder: Path) -> None:
    before = pages.get("/revision").text

    edit(folder, "emails/case-study.md", "Four hours, 31 degrees", "Five hours, 33 degrees")

    assert pages.get("/revision").text != before
    assert "Five hours, 33 degrees" in body(pages, "case-study")


def test_a_folder_that_compiles_no_more_says_why(pages: TestClient, folder: Path) -> None:
    edit(folder, "emails/case-study.md", "topic: letters", "topic: leters")

    for path in ("/", "/mails/case-study"):
        page = pages.get(path)
        assert "there is no topic &#39;leters&#39;" in page.text
        assert page.status_code == 200


def test_text_messages_are_listed_as_the_lead_would_get_them(
    folder: Path, pages: TestClient
) -> None:
    (folder / "texts/hello.txt").write_text("Hello {{ lead.first_name | default('you', true) }}")

    listed = pages.get("/").text

    assert "Hello Ada / Reply STOP to end these texts" in listed
    assert "en · 1 message<" in listed
