"""The bakery's own mails, as its leads would get them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.renderer import JinjaRenderer
from coldframe.domain.message import HAND_OFF_MAIL, RenderedMail
from coldframe.domain.profile import Profile
from coldframe.domain.replies.stopping import asks_to_stop
from coldframe.domain.told import Known
from infra.playbook import compile_client
from tests.unit.adapters.keyring import Vault

BAKERY = Path(__file__).parents[3] / "clients" / "bakery"
LEAD, MESSAGE = "ab" * 13, "cd" * 13
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BASE_URL = "https://go.lindenbakery.example"
LEAD, MESSAGE = "1" * 26, "2" * 26
NASTY = '{{ 7*7 }}<b>Ada</b>\r\nBcc: eve@example.com\x00\u202e{% for x in y %}"'


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> CompiledPlaybook:
    compiled = compile_client(BAKERY, environment="dev")
    folder = tmp_path_factory.mktemp("playbook")
    return CompiledPlaybook(compiled.write(folder, {name: name for name in compiled.files}))


def rendered(playbook: CompiledPlaybook, mail: str, name: str | None) -> RenderedMail:
    renderer = JinjaRenderer(playbook, Vault().links(), BASE_URL)
    return renderer.render(
        playbook.mail(mail),
        profile=lead(name),
        client=playbook.client(),
        message=MESSAGE,
        journey="welcome",
    )


def lead(name: str | None) -> Profile:
    fields = {"first_name": Known(value=name, at=NOW, by="t")} if name else {}
    return Profile(lead=LEAD, address="ada@example.com", created_at=NOW, fields=fields)


@pytest.mark.parametrize(
    "name", ["https://win.example/now", "Ada www.win.example", "win.com/now", "http://[::1]/"]
)
def test_a_name_that_is_an_address_of_the_web_is_never_printed(
    name: str, playbook: CompiledPlaybook
) -> None:
    made = rendered(playbook, "cake-guide", name)

    assert "win." not in f"{made.subject}{made.html}{made.text}"
    assert "[::1]" not in made.text
    assert "Hello there," in made.text


def test_a_lead_s_own_link_stands_in_the_mail_as_it_may_be_passed_on(
    playbook: CompiledPlaybook,
) -> None:
    made = rendered(playbook, "after-the-day", "Ada")

    (token,) = re.findall(rf"{BASE_URL}/forms/cake-guide\?cf_ref=([\w.-]+)", made.text)
    link = Vault().links().read("refer", token)
    assert link.lead == LEAD
    assert "ada" not in link.message


MAILS = ["cake-guide", "case-study", "tasting-invitation", "reminder", "baking-letter"]


@pytest.mark.parametrize("mail", MAILS)
def test_every_mail_goes_to_one_bare_address_with_one_click_headers(
    mail: str, playbook: CompiledPlaybook
) -> None:
    made = rendered(playbook, mail, "Ada")

    assert made.recipient == "ada@example.com"
    headers = dict(made.headers)
    assert headers["List-Unsubscribe"].startswith(f"<{BASE_URL}/unsubscribe/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"{BASE_URL}/unsubscribe/" in made.text


@pytest.mark.parametrize("mail", MAILS)
def test_a_lead_of_whom_only_the_address_is_known_gets_every_mail(
    mail: str, playbook: CompiledPlaybook
) -> None:
    made = rendered(playbook, mail, None)

    assert made.subject
    assert "None" not in made.text


@pytest.mark.parametrize("mail", MAILS)
def test_what_a_lead_typed_is_a_value_and_nothing_else(
    mail: str, playbook: CompiledPlaybook
) -> None:
    made = rendered(playbook, mail, NASTY)

    assert "\n" not in made.subject
    assert "\r" not in made.subject
    assert "49" not in made.subject
    for part in (made.subject, made.text, made.html or ""):
        assert "\x00" not in part
        assert "\u202e" not in part
    assert "<b>Ada</b>" not in (made.html or "")
    assert not any("\n" in value for _, value in made.headers)


def test_every_link_is_ours_signed_and_leads_to_the_target(playbook: CompiledPlaybook) -> None:
    mail = playbook.mail("cake-guide")
    made = rendered(playbook, "cake-guide", "Ada")

    token = made.text.partition(f"{BASE_URL}/go/")[2].split()[0].rstrip(")>.,")

    link = Vault().links().read("go", token)
    assert link.lead == LEAD
    assert link.message == MESSAGE
    target = mail.links[link.index]
    if target.startswith("file:"):
        target = f"{BASE_URL}/files/"
    assert link.target.startswith(target)


def test_tags_are_opaque_and_hold_only_what_ses_takes(playbook: CompiledPlaybook) -> None:
    tags = dict(rendered(playbook, "case-study", "Ada").tags)

    assert tags == {"lead": LEAD, "message": MESSAGE, "journey": "welcome", "mail": "case-study"}


def test_the_notice_goes_to_the_owner_and_its_answer_to_the_lead(
    playbook: CompiledPlaybook,
) -> None:
    renderer = JinjaRenderer(playbook, Vault().links(), BASE_URL)

    notice = renderer.notice(
        profile=lead("Ada"), client=playbook.client(), journey="welcome", message=MESSAGE
    )

    assert notice.recipient == playbook.client().owner.address
    assert notice.reply_to == "ada@example.com"
    assert dict(notice.tags)["mail"] == HAND_OFF_MAIL
    assert "Ada" in notice.text


@pytest.mark.parametrize("mail", MAILS)
def test_every_mail_leads_to_the_leads_own_preferences(
    mail: str, playbook: CompiledPlaybook
) -> None:
    assert f"{BASE_URL}/preferences/" in rendered(playbook, mail, "Ada").text


def test_who_takes_answers_can_be_asked_to_stop_by_mail(playbook: CompiledPlaybook) -> None:
    made = rendered(playbook, "case-study", "Ada")

    [_, by_mail] = dict(made.headers)["List-Unsubscribe"].split(", ")
    assert by_mail == f"<mailto:{made.reply_to}?subject=unsubscribe>"
    assert asks_to_stop("", subject="unsubscribe", name="", languages=["en"])


@pytest.mark.parametrize(("mail", "page"), [("_confirm", "confirm"), ("_your-data", "preferences")])
def test_a_mail_of_ours_holds_the_one_link_it_is_for(
    mail: str, page: str, playbook: CompiledPlaybook
) -> None:
    made = rendered(playbook, mail, "Ada")

    assert f"\n{BASE_URL}/{page}/" in made.text
