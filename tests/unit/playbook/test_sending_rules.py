"""Caps and quiet days as client.yaml says them, compiled, written for the runtime, read back."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from coldframe.adapters.playbook_documents import client_of
from coldframe.domain.allowance import Allowance, WarmUp
from coldframe.domain.playbook import Client
from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, edit, mistakes

CLIENT = "client.yaml"
NIGHT = "quiet_hours: 21:00-08:00"
CAPS = "caps: [{mails: 3, days: 7}]"


def compiled(folder: Path) -> Client:
    """As the runtime reads it."""
    client = compile_client(folder, environment="dev").client
    read = client_of(json.loads(json.dumps(asdict(client))))
    assert read == client
    return read


def test_holidays_of_its_countries_are_worked_out_for_years(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    days = "quiet_days: {countries: [AT, AE], weekends: yes, own: [2026-12-28, '12-24']}"
    edit(folder, CLIENT, NIGHT, f"{NIGHT}\n{days}")

    found = compiled(folder).quiet_days

    assert found is not None
    assert found.country == "AT"
    assert found.holidays["AT"]["2026-10-26"] == "National Day"
    assert found.holidays["AT"]["2030-12-25"] == "Christmas Day"
    assert found.weekends["AT"] == (5, 6)
    assert set(found.own) == {"2026-12-28", "12-24"}


def test_holidays_may_be_left_out(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, CLIENT, NIGHT, f"{NIGHT}\nquiet_days: {{countries: [AT], holidays: no}}")

    found = compiled(folder).quiet_days

    assert found is not None
    assert found.holidays == {}
    assert found.weekends == {}


def test_caps_of_every_sort_come_back_as_they_were_written(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    rules = [
        "{mails: 3, days: 7}",
        "{mails: 8, per: month}",
        "{mails: 1, per: week, kinds: promotion}",
        "{texts: 1, days: 3, topics: [letters]}",
        "{mails: 2, days: 7, when: since(created_at) < days(30)}",
    ]
    edit(folder, CLIENT, CAPS, f"caps: [{', '.join(rules)}]")

    found = compiled(folder).caps

    assert [rule.words for rule in found] == [
        "3 mails in 7 days",
        "8 mails a month",
        "1 promotion mail a week",
        "1 text of letters in 3 days",
        "2 mails in 7 days",
    ]
    assert found[-1].when is not None


def test_what_a_cap_s_condition_counts_is_remembered(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    when = 'when: \'did("page.viewed", within="3 days") < 1\''
    edit(folder, CLIENT, CAPS, f"caps: [{{mails: 3, days: 7, {when}}}]")

    reactions = compile_client(folder, environment="dev").reactions

    assert "page.viewed" in {rule.kind for rule in reactions.memory}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("{countries: [at]}", "'at' is no country whose holidays are known; did you mean 'AT'?"),
        ("{countries: [AT], own: [christmas]}", "'christmas' is no day; write 2026-12-27"),
        ("{countries: [AT], own: ['02-32']}", "'02-32' is no day; write 2026-12-27"),
        ("{weekends: yes}", "needs `countries`"),
    ],
)
def test_a_wrong_quiet_day_is_told(tmp_path: Path, days: str, said: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, CLIENT, NIGHT, f"{NIGHT}\nquiet_days: {days}")

    [told] = mistakes(folder)

    assert said in told


def test_an_allowance_of_the_account_comes_back_as_it_was_written(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    warm_up = "{since: 2026-12-01, first: 50, grows: 30%, days: 30}"
    edit(folder, CLIENT, NIGHT, f"{NIGHT}\nsending: {{rate: 5, a_day: 8000, warm_up: {warm_up}}}")

    allowance = compiled(folder).allowance

    ramp = WarmUp(since="2026-12-01", first=50, grows=30, days=30)
    assert allowance == Allowance(rate=5, a_day=8000, warm_up=ramp)


@pytest.mark.parametrize(
    ("sending", "told"),
    [
        ("{a_day: 5}", "rate"),
        ("{rate: 0}", "must be 1 to 500"),
        ("{rate: 501}", "must be 1 to 500"),
        ("{rate: 1, a_day: 0}", "must be 1 to 50,000,000"),
        ("{rate: 1, per_day: 5}", "per_day"),
        ("{rate: 1, warm_up: {first: 5, grows: 30%}}", "since"),
        ("{rate: 1, warm_up: {since: soon, first: 5, grows: 30%}}", "'soon' is no day"),
        ("{rate: 1, warm_up: {since: 2026-12-01, first: 5, grows: a bit}}", "is no growth"),
        ("{rate: 1, warm_up: {since: 2026-12-01, first: 5, grows: 101%}}", "100% at most"),
        ("{rate: 1, warm_up: {since: 2026-12-01, first: 5, grows: 0%}}", "is no growth"),
        (
            "{rate: 1, a_day: 9, warm_up: {since: 2026-12-01, first: 10, grows: 5%}}",
            "begins with 10 mails, but a day has 9",
        ),
    ],
)
def test_an_allowance_that_can_not_be_is_named(tmp_path: Path, sending: str, told: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, CLIENT, NIGHT, f"{NIGHT}\nsending: {sending}")

    [mistake] = mistakes(folder)

    assert mistake.startswith("client.yaml:")
    assert told in mistake
