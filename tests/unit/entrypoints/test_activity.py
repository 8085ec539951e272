"""What a client's page may tell of its visitor, and how everything else is refused."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.visits import VisitRules
from coldframe.entrypoints.activity import (
    ActivityReader,
    Elsewhere,
    TooMany,
)
from coldframe.entrypoints.http import (
    BodyTooLarge,
    NotFound,
    Request,
    Unreadable,
    UnsupportedType,
)
from coldframe.services.following import VISIT
from coldframe.services.visiting import RecordVisits
from tests.fakes.clock import FrozenClock
from tests.unit.adapters.keyring import Vault

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SITE = "https://www.lindenbakery.example"
RULES = VisitRules(
    sites=(SITE,),
    events={"price.worked_out": {"guests": "number", "filling": "text"}, "poll.answered": None},
    keep=90,
)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
ADAS = "7f3a0c5e9b1d4682a1c3e5f708192a3b"
LINKS = Vault().links()


def reader(rules: VisitRules | None = RULES, now: datetime = NOW) -> ActivityReader:
    return ActivityReader(
        rules=lambda: rules,
        lead_of=lambda text: f"{abs(hash(text)):026d}",
        links=lambda: LINKS,
        clock=FrozenClock(now),
    )


def view(**told: Any) -> dict[str, Any]:
    return {"id": "view-0001", "kind": "page.viewed", "page": f"{SITE}/prices", **told}


def post(*events: Any, body: bytes | None = None, agent: str = BROWSER, **headers: str) -> Request:
    told = {"visitor": ADAS, "events": list(events)}
    given = {"origin": SITE, "content-type": "text/plain;charset=UTF-8", "user-agent": agent}
    return Request(
        method="POST",
        path={},
        headers={**given, **{name.replace("_", "-"): value for name, value in headers.items()}},
        body=json.dumps(told).encode() if body is None else body,
        address="192.0.2.7",
    )


def read(*events: Any, **more: Any) -> RecordVisits:
    found = reader()(post(*events, **more))
    assert found
    return found


def test_a_view_is_kept_with_its_path_its_seconds_and_what_brought_the_visitor() -> None:
    page = f"{SITE}/prices?utm_source=Google&utm_campaign=Autumn&email=ada@example.com#x"

    (seen,) = read(view(page=page, data={"seconds": 41.6}, ago=90_000)).seen

    assert seen.data == {
        "path": "/prices",
        "site": "www.lindenbakery.example",
        "seconds": 42,
        "source": "google",
        "campaign": "autumn",
    }
    assert seen.ago == timedelta(seconds=90)


def test_nothing_personal_of_an_address_is_kept() -> None:
    page = f"{SITE}/account/ada@example.com/orders?token=secret&name=Ada#ada"

    (seen,) = read(view(page=page, referrer="https://mail.example/inbox?to=ada")).seen

    assert seen.data["path"] == "/account/:address/orders"
    assert seen.data["source"] == "mail.example"
    assert not {"ada", "secret", "Ada"} & set(json.dumps(dict(seen.data)).split())
    assert "ada" not in json.dumps(dict(seen.data))


def test_a_page_that_follows_another_of_the_clients_brought_nobody() -> None:
    (seen,) = read(view(referrer=SITE)).seen

    assert "source" not in seen.data


@pytest.mark.parametrize(("told", "kept"), [(-5, 0), (1e11, 3600), (12.4, 12), (0, 0)])
def test_visible_seconds_are_clamped(told: float, kept: int) -> None:
    (seen,) = read(view(data={"seconds": told})).seen

    assert seen.data["seconds"] == kept


def test_what_is_told_late_happened_a_day_ago_at_most() -> None:
    (seen,) = read(view(ago=10**300)).seen

    assert seen.ago == timedelta(days=1)


def test_declared_public_events_are_taken_with_their_declared_properties() -> None:
    told = {"id": "price-001", "kind": "price.worked_out", "page": SITE}

    (seen,) = read({**told, "data": {"guests": 80, "filling": "lemon"}}).seen

    assert (seen.kind, seen.data["guests"], seen.data["path"]) == ("price.worked_out", 80, "/")


@pytest.mark.parametrize(
    "kind",
    [
        *("purchase.made", "cake.ordered", "form.submitted", "visitor.identified", "tick"),
        *("consent.confirmed", "unsubscribed", "fields.set", "score.given", "email.clicked", "", 7),
    ],
)
def test_nothing_but_listed_public_kinds_may_be_told(kind: object) -> None:
    with pytest.raises(InvalidSubmission) as raised:
        read(view(kind=kind))

    assert "events[0].kind" in raised.value.problems


@pytest.mark.parametrize(
    "data",
    [
        *({"address": "eve@example.com"}, {"fields": {}}, {"consents": {}}, {"enrolment": "e"}),
        *({"visitor": "v1"}, {"path": "/x"}, {"origin": "o"}, {"Guests": 1}, {"a.b": 1}),
        *({"n": []}, {"n": {}}, {"n": 1e300}, {"n": "x" * 301}, [], "text"),
        {f"p{number}": 1 for number in range(21)},
    ],
)
def test_no_page_chooses_what_words_of_ours_hold(data: object) -> None:
    with pytest.raises(InvalidSubmission) as raised:
        read(view(kind="poll.answered", data=data))

    assert "events[0].data" in raised.value.problems


@pytest.mark.parametrize(
    "told",
    [
        {"id": "short"},
        {"id": 7},
        {"id": "x" * 65},
        {"page": "https://www.elsewhere.example/prices"},
        {"page": "javascript:alert(1)"},
        {"page": "https://[::1"},
        {"page": SITE + "/x" * 4000},
        {"page": None},
        {"ago": -1},
        {"ago": "now"},
        {"ago": True},
        {"data": {"seconds": "many"}},
        {"data": {"unheard_of": 1}},
    ],
)
def test_a_bad_part_is_named(told: dict[str, object]) -> None:
    with pytest.raises(InvalidSubmission) as raised:
        read(view(), view(**told))

    assert list(raised.value.problems) == [f"events[1].{next(iter(told))}"]


@pytest.mark.parametrize("events", [[7], [None], [[]], ["view"]])
def test_an_event_is_an_object(events: list[object]) -> None:
    with pytest.raises(InvalidSubmission):
        read(*events)


def test_one_post_tells_of_twenty_events_at_most() -> None:
    with pytest.raises(InvalidSubmission):
        read(*[view(id=f"view-{number:04}") for number in range(21)])


@pytest.mark.parametrize("visitor", ["", "short", "x" * 65, "é" * 32, 7, None, "a b" * 10])
def test_a_visitors_id_is_long_and_plain(visitor: object) -> None:
    with pytest.raises(InvalidSubmission) as raised:
        reader()(post(body=json.dumps({"visitor": visitor, "events": [view()]}).encode()))

    assert "visitor" in raised.value.problems


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"\xff", b'{"a":NaN}', b'{"v":"\\ud800"}', b"[" * 9_000],
)
def test_what_is_no_object_of_json_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        reader()(post(body=body))


def test_an_oversized_post_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        reader()(post(body=b" " * (16 * 1024 + 1)))


@pytest.mark.parametrize(
    "kind", ["", "application/x-www-form-urlencoded", "multipart/form-data", "text/html"]
)
def test_another_content_type_is_refused(kind: str) -> None:
    with pytest.raises(UnsupportedType):
        reader()(post(view(), content_type=kind))


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.example", "http://www.lindenbakery.example", SITE + ".x"]
)
def test_only_the_clients_own_pages_tell(origin: str) -> None:
    with pytest.raises(Elsewhere):
        reader()(post(view(), origin=origin))


def test_a_client_whose_pages_carry_no_script_is_told_nothing() -> None:
    with pytest.raises(NotFound):
        reader(rules=None)(post(view()))


@pytest.mark.parametrize(
    "agent", ["", "curl/8.5.0", "Mozilla/5.0", "Googlebot/2.1", BROWSER + " HeadlessChrome"]
)
def test_programs_dont_visit(agent: str) -> None:
    assert reader()(post(view(), agent=agent)) is None


def test_a_flood_from_one_network_is_held_back() -> None:
    ask = reader()
    batch = [view(id=f"view-{number:04}") for number in range(20)]
    for _ in range(15):
        ask(post(*batch))

    with pytest.raises(TooMany):
        ask(post(*batch))


def token(*, at: datetime = NOW, purpose: str = VISIT) -> str:
    return LINKS.sign(purpose, lead="ada", message="m1", index=int(at.timestamp()))


def with_token(value: object) -> RecordVisits | None:
    told = {"visitor": ADAS, "events": [view()], "token": value}
    return reader()(post(body=json.dumps(told).encode()))


def test_a_fresh_token_says_whose_browser_it_is() -> None:
    found = with_token(token(at=NOW - timedelta(minutes=59)))

    assert found
    assert (found.lead, found.message) == ("ada", "m1")


@pytest.mark.parametrize(
    "value",
    [
        token(at=NOW - timedelta(minutes=61)),
        token(at=NOW + timedelta(minutes=1)),
        token(purpose="go"),
        token(purpose="preferences"),
        token()[:-2] + "AA",
        *("", "x", "a.b", 7, None, {}),
    ],
)
def test_any_other_token_names_nobody_and_the_visit_counts_all_the_same(value: object) -> None:
    found = with_token(value)

    assert found
    assert (found.lead, len(found.seen)) == ("", 1)
