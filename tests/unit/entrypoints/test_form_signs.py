"""Signs of a program are weighed: one alone never holds up a person."""

from datetime import UTC, datetime, timedelta

import pytest

from coldframe.domain.form import SHOWN, TRAP, Form
from coldframe.domain.suspicion import LIMIT, POINTS, Sign, is_suspect
from coldframe.entrypoints.form_signs import shown_token, signs_of
from coldframe.entrypoints.http import Request
from tests.fakes.playbook import CAKE_GUIDE
from tests.unit.adapters.keyring import Vault

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LINKS = Vault().links()
SITES = ("https://www.bakery.example",)


def form(*, sites: tuple[str, ...] = SITES) -> Form:
    return Form(form="cake-guide", title="F", fields=CAKE_GUIDE.fields, sites=sites, redirect="")


def signs(
    *,
    values: dict[str, object] | None = None,
    sites: tuple[str, ...] = SITES,
    origin: str = "",
    referer: str = "",
) -> list[Sign]:
    named = {"host": "go.bakery.example", "origin": origin, "referer": referer}
    request = Request(method="POST", path={}, headers=named, body=b"")
    return signs_of(request, form(sites=sites), values or {}, links=lambda: LINKS, now=NOW)


def token(*, form: str = "cake-guide", seconds: float = 20) -> dict[str, object]:
    return {SHOWN: shown_token(form, LINKS, NOW - timedelta(seconds=seconds))}


def test_a_person_on_our_own_page_shows_no_sign() -> None:
    assert signs(values=token(), origin="https://go.bakery.example") == []


def test_a_person_on_the_clients_page_shows_next_to_none() -> None:
    found = signs(origin="https://www.bakery.example")

    assert found == [Sign.UNDATED]
    assert signs(referer="https://www.bakery.example/guide?x=1") == found
    assert not is_suspect(found)


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        (token(seconds=1), Sign.TOO_FAST),
        (token(seconds=90_000), Sign.TOO_OLD),
        (token(seconds=-60), Sign.FORGED),
        (token(form="other"), Sign.FORGED),
        ({SHOWN: "made.up"}, Sign.FORGED),
        ({SHOWN: {"a": 1}}, Sign.FORGED),
        ({}, Sign.UNDATED),
    ],
)
def test_when_the_form_was_shown_is_looked_at(values: dict[str, object], sign: Sign) -> None:
    assert signs(values=values, origin=SITES[0]) == [sign]


@pytest.mark.parametrize(
    ("origin", "referer", "sign"),
    [
        ("https://evil.example", "", Sign.ELSEWHERE),
        ("null", "https://evil.example/x", Sign.ELSEWHERE),
        ("null", "", Sign.NOWHERE),
        ("", "https://[broken", Sign.NOWHERE),
        ("", "", Sign.NOWHERE),
    ],
)
def test_where_it_was_posted_from_is_looked_at(origin: str, referer: str, sign: Sign) -> None:
    assert signs(values=token(), origin=origin, referer=referer) == [sign]


def test_a_client_that_names_no_sites_may_have_its_pages_anywhere() -> None:
    assert signs(values=token(), sites=(), origin="https://elsewhere.example") == []


def test_a_field_that_nobody_sees_is_enough_alone() -> None:
    found = signs(values={**token(), TRAP: "yes"}, origin=SITES[0])

    assert found == [Sign.TRAPPED]
    assert is_suspect(found)


def test_nothing_else_that_a_post_can_show_is_enough_alone() -> None:
    floods = {Sign.TRAPPED, Sign.SAME_ADDRESS, Sign.SAME_NETWORK}

    assert {sign for sign in Sign if POINTS[sign] >= LIMIT} == floods
    assert set(POINTS) == set(Sign)
    assert is_suspect([Sign.ELSEWHERE, Sign.DISPOSABLE])
    assert not is_suspect([Sign.UNDATED, Sign.NOWHERE, Sign.LINK])
