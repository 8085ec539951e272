from collections.abc import Mapping
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from tests.fakes.town.people import HOSTILE_HTML, HOSTILE_NAME
from tests.fakes.town.town import FakeTown

OURS: list[Mapping[str, str]] = [
    {"sec-fetch-site": "same-origin"},
    {"origin": "http://127.0.0.1"},
    {},
]
THEIRS: list[Mapping[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:81"},
]
DEEDS = ["/time/step/day", "/time/play/day", "/time/stop", "/mail/{mail}/complain"]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("headers", THEIRS)
def test_another_origin_moves_nothing(
    town: FakeTown, browser: TestClient, deed: str, headers: Mapping[str, str]
) -> None:
    path, before = deed.format(mail=town.mails()[0].id), town.now()

    answer = browser.post(path, headers=dict(headers))

    assert answer.status_code == 403
    assert town.now() == before


@pytest.mark.parametrize("headers", OURS)
def test_our_own_pages_may_post(browser: TestClient, headers: Mapping[str, str]) -> None:
    answer = browser.post("/time/stop", headers=dict(headers), follow_redirects=False)

    assert answer.status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "coldframe.example:80"])
def test_another_hosts_name_is_refused(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/mail", "/clients/bakery", "/static/window.js", "/nix"])
def test_every_answer_keeps_scripts_and_frames_of_others_out(
    browser: TestClient, path: str
) -> None:
    policy = browser.get(path).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_get_never_changes_what_the_town_knows(town: FakeTown, browser: TestClient) -> None:
    mail = town.mails()[0]
    before = town.people["bakery"].record(mail.lead)

    for deed in ("open", "complain", "bounce-hard", "unsubscribe", "scan"):
        assert browser.get(f"/mail/{mail.id}/{deed}").status_code in {404, 405}
    browser.get(f"/mail/{mail.id}")
    browser.get(f"/mail/{mail.id}/body")

    assert town.people["bakery"].record(mail.lead) == before


def test_a_mails_body_may_run_nothing(town: FakeTown, browser: TestClient) -> None:
    town.deliver(replace(town.mails()[0], id="hostile", html=HOSTILE_HTML))

    policy = browser.get("/mail/hostile/body").headers["content-security-policy"]

    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox;")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_hostile_name_is_text_wherever_it_stands(town: FakeTown, browser: TestClient) -> None:
    lead = next(one for one in town.people["harbor"].leads() if one.name == HOSTILE_NAME)

    for path in ("/clients/harbor", f"/clients/harbor/leads/{lead.lead}"):
        page = browser.get(path).text
        assert "<script>document" not in page
        assert "&lt;script&gt;" in page


def test_half_a_character_in_a_name_does_not_break_the_page(
    town: FakeTown, browser: TestClient
) -> None:
    given = {"email": "half@example.com", "first_name": "\ud800"}
    town.people["bakery"].submit("cake-guide", given)

    assert browser.get("/clients/bakery").status_code == 200


@pytest.mark.parametrize(
    "path", ["..%2f..%2fpyproject.toml", "%2e%2e/client.yaml", "../client.yaml"]
)
def test_a_site_shows_no_file_outside_its_folder(browser: TestClient, path: str) -> None:
    assert browser.get(f"/site/bakery/{path}").status_code == 404
