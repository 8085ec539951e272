"""The preference page: what it shows, and how it reads what is posted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from coldframe.domain.gate import Gate
from coldframe.domain.preferences import Preferences as Chosen
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.entrypoints.http import Request, Unreadable
from coldframe.entrypoints.preference_page import NotADay, masked, preference_page, read_choice
from coldframe.entrypoints.preference_words import DE, EN, Wording
from coldframe.entrypoints.preferences import Preferences
from coldframe.services.changing_address import ChangingAddress
from coldframe.services.preference_standing import Standing
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of

HOSTILE = "<script>alert(1)</script>"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def standing(language: str = "en", **changes: Any) -> Standing:
    profile = Profile(
        lead="ada",
        address="ada@example.com",
        created_at=MONDAY,
        fields={"language": Known(value=language, at=MONDAY, by="t")},
    )
    return replace(Standing(gate=Gate(lead="ada"), profile=profile, client=BAKERY), **changes)


def text(of: Standing, **more: Any) -> str:
    return str(preference_page(of, **more)["body"])


def test_every_language_says_the_same_things() -> None:
    assert EN.keys() == DE.keys()
    for key, words in EN.items():
        holes = {part.partition("}")[0] for part in words.split("{")[1:] if key != "day"}
        assert holes == {part.partition("}")[0] for part in DE[key].split("{")[1:] if key != "day"}


def test_it_is_in_the_leads_language_else_in_english() -> None:
    assert 'lang="de"' in text(standing("de-AT"))
    assert 'lang="en"' in text(standing("ja"))
    assert Wording("de").day(date(2026, 3, 9)) == "9. März 2026"


def test_what_others_wrote_is_shown_as_text() -> None:
    client = replace(BAKERY, name=HOSTILE, topics={"baking": HOSTILE})

    shown = text(standing(client=client))

    assert HOSTILE not in shown
    assert "&lt;script&gt;" in shown


def test_the_address_is_not_given_away() -> None:
    assert masked("ada@example.com") == "a•••@example.com"
    assert "ada@example.com" not in text(standing())


def test_what_was_chosen_is_shown_as_chosen() -> None:
    chosen = Chosen(at=MONDAY, a_week=2, paused_until=MONDAY)

    shown = text(standing(gate=Gate(lead="ada", preferences=chosen)))

    assert '<option value="2" selected>' in shown
    assert 'value="2026-11-16"' in shown


def test_it_works_without_any_script() -> None:
    answer = preference_page(standing())

    assert "<script" not in answer["body"]
    assert "script-src" not in answer["headers"]["content-security-policy"]
    assert answer["headers"]["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "9999-01-01"])
def test_a_day_that_is_none_is_told(day: str) -> None:
    with pytest.raises(NotADay):
        read_choice({"paused_until": day}, now=MONDAY)


def test_a_day_that_is_over_is_no_pause() -> None:
    assert read_choice({"paused_until": "2026-11-01"}, now=MONDAY).paused_until is None


def test_a_frequency_that_is_not_offered_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_choice({"a_week": "1000000"}, now=MONDAY)


@pytest.fixture
def stage() -> Stage:
    stage = Stage(World())
    stage.post("ada@example.com")
    stage.settle()
    return stage


def nothing_else(_request: Request) -> Any:
    raise AssertionError("the link is one of the preference page")


def ask(stage: Stage, method: str, body: str = "", headers: dict[str, str] = FORM) -> Any:
    token = stage.world.links.sign("preferences", lead=lead_of("ada@example.com"))
    request = Request(method=method, path={"token": token}, headers=headers, body=body.encode())
    world = stage.world
    changing = ChangingAddress(
        profiles=world.profiles,
        gates=world.gates,
        touchpoints=world.touchpoints,
        links=world.links,
        playbook=world.playbook,
        lead_of=lead_of,
        clock=world.clock,
    )
    return Preferences(world.preferring(), nothing_else, changing)(request)


def test_a_get_writes_nothing(stage: Stage) -> None:
    written = len(stage.world.writes.log)

    assert ask(stage, "GET")["statusCode"] == 200
    assert len(stage.world.writes.log) == written


@pytest.mark.parametrize("body", ["topic.baking=on", "action=Mallory"])
def test_a_post_that_names_no_form_of_the_page_changes_and_logs_nothing(
    stage: Stage, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written = len(stage.world.writes.log)

    with pytest.raises(Unreadable):
        ask(stage, "POST", body)

    assert len(stage.world.writes.log) == written
    assert "Mallory" not in capsys.readouterr().out


def test_saving_says_so_and_shows_the_choice(stage: Stage) -> None:
    shown = ask(stage, "POST", "action=save&a_week=1")["body"]

    assert "Saved." in shown
    assert '<option value="1" selected>' in shown
    assert "checked" not in shown


def test_a_language_that_the_client_does_not_write_in_is_no_choice(stage: Stage) -> None:
    ask(stage, "POST", "action=save&topic.baking=on&language=%3Cb%3Eklingon")
    stage.settle()

    profile = stage.world.profiles.get(lead_of("ada@example.com"))
    assert profile is not None
    assert "language" not in profile.fields


def test_a_bad_day_is_told_and_saves_nothing(stage: Stage) -> None:
    written = len(stage.world.writes.log)

    answer = ask(stage, "POST", "action=save&topic.baking=on&paused_until=tomorrow")

    assert answer["statusCode"] == 422
    assert len(stage.world.writes.log) == written


@pytest.mark.parametrize("body", ["action=leave", "List-Unsubscribe=One-Click"])
def test_leaving_is_unsubscribing(stage: Stage, body: str) -> None:
    assert "You are unsubscribed" in ask(stage, "POST", body)["body"]
    assert stage.world.gates.get(lead_of("ada@example.com")).unsubscribed_at is not None
