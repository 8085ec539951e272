"""Anonymous visits, and the lead that they turn out to be; in any order, through any crash."""

import json
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from coldframe.adapters.everything import DynamoEverything
from coldframe.adapters.links import SignedLinks
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.adapters.visitors import DynamoVisitors
from coldframe.domain.lead import lead_id
from coldframe.domain.touchpoint import CONSENT_CONFIRMED, record
from coldframe.domain.visitor import Name, NamedBy, visitor_id
from tests.integration.account import TABLE
from tests.integration.requests import ADA, request
from tests.integration.world import BROWSER, World

SITE = "https://www.lindenbakery.example"
ADAS = "7f3a0c5e9b1d4682a1c3e5f708192a3b"
BOBS = "00000000000000000000000000000b0b"
BOB = {**ADA, "email": "bob@example.com", "first_name": "Bob"}


def visit(
    world: World, own_id: str, *, visitor: str = ADAS, path: str = "/prices", **told: Any
) -> dict[str, Any]:
    event = {"id": own_id, "kind": "page.viewed", "page": SITE + path, **told}
    return tell(world, {"visitor": visitor, "events": [event]})


def tell(world: World, told: object) -> dict[str, Any]:
    asked = request(
        "POST",
        "/activity",
        body=json.dumps(told),
        content_type="text/plain;charset=UTF-8",
        origin=SITE,
        user_agent=BROWSER,
    )
    return world.http("record_visit", asked)


def carrying(visitor: str, **told: Any) -> str:
    return json.dumps({"visitor": visitor, **told})


def post(world: World, fields: dict[str, str], visitor: str, **told: Any) -> None:
    world.post({**fields, "coldframe_visit": carrying(visitor, **told)})


def lead_of(world: World, address: str) -> str:
    return lead_id(world.account.keys().id, address)


def visitor_of(world: World, own: str) -> str:
    return visitor_id(lambda text: lead_id(world.account.keys().id, text), own)


def under(world: World, collection: str, kind: str = "page.viewed") -> list[str]:
    """The paths of the pages that lie there."""
    items = [each for each in world.account.items() if each["pk"]["S"] == f"L#{collection}"]
    return sorted(
        each["data"]["M"]["path"]["S"] for each in items if each.get("kind", {}).get("S") == kind
    )


def test_a_strangers_visit_is_one_put_that_expires_and_makes_no_lead(world: World) -> None:
    answer = visit(world, "view-0001")
    world.settle()

    assert (answer["statusCode"], json.loads(answer["body"])) == (202, {"recorded": 1})
    (item,) = world.account.items()
    assert int(item["expires_at"]["N"]) == int((world.now + timedelta(days=90)).timestamp())
    assert ADAS not in json.dumps(item)


def test_a_repeated_visit_is_one(world: World) -> None:
    visit(world, "view-0001")
    answer = visit(world, "view-0001")

    assert json.loads(answer["body"]) == {"recorded": 0}
    assert len(world.account.items()) == 1


def test_nothing_is_kept_of_a_batch_that_holds_a_mistake(world: World) -> None:
    good = {"id": "view-0001", "kind": "page.viewed", "page": SITE}
    answer = tell(world, {"visitor": ADAS, "events": [good, {**good, "kind": "purchase.made"}]})

    assert answer["statusCode"] == 422
    assert answer["headers"]["content-type"] == "application/problem+json"
    assert world.account.items() == []


def test_visits_join_the_lead_that_names_its_visitor_before_and_after(world: World) -> None:
    visit(world, "view-0001", path="/before")
    world.settle()
    post(world, ADA, ADAS)
    world.settle()
    visit(world, "view-0002", path="/after")
    world.settle()

    ada, stranger = lead_of(world, "ada@example.com"), visitor_of(world, ADAS)
    assert under(world, ada) == ["/after", "/before"]
    assert under(world, stranger) == []
    assert [
        each
        for each in world.account.items()
        if each["pk"]["S"] == f"L#{ada}" and "expires_at" in each
    ] == []


def test_a_repeat_of_a_visit_that_has_joined_is_still_one(world: World) -> None:
    visit(world, "view-0001")
    post(world, ADA, ADAS)
    world.settle()
    visit(world, "view-0001")
    world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/prices"]


def test_the_order_in_which_we_hear_of_it_makes_no_difference(
    world: World, afresh: Callable[..., World]
) -> None:
    outcomes = []
    for seed in range(6):
        afresh(order=Random(seed))  # noqa: S311 - a shuffle, no secret
        steps: list[Callable[[], object]] = [
            lambda: visit(world, "view-0001", path="/one"),
            lambda: visit(world, "view-0002", path="/two"),
            lambda: post(world, ADA, ADAS),
        ]
        Random(seed).shuffle(steps)  # noqa: S311 - likewise
        for step in steps:
            step()
            if seed % 2:
                world.settle()
        world.settle()
        outcomes.append(under(world, lead_of(world, "ada@example.com")))

    assert outcomes == [["/one", "/two"]] * 6


def test_a_crash_after_any_write_loses_and_doubles_no_visit(
    world: World, afresh: Callable[..., World]
) -> None:
    def live() -> None:
        visit(world, "view-0001", path="/one")
        post(world, ADA, ADAS)
        world.settle()
        visit(world, "view-0002", path="/two")
        world.settle()

    live()
    writes, wanted = len(world.calls), world.state()
    for crash in range(1, min(writes, 13) + 1, 2):
        afresh(crash_after=crash)
        live()
        assert under(world, lead_of(world, "ada@example.com")) == ["/one", "/two"]
        assert world.state() == wanted


def test_who_names_anothers_visitor_gets_nothing_of_it_and_ends_it(world: World) -> None:
    visit(world, "view-0001", path="/of-ada")
    post(world, ADA, ADAS)
    world.settle()
    world.now += timedelta(hours=1)
    post(world, BOB, ADAS)
    world.settle()
    world.now += timedelta(hours=1)
    visit(world, "view-0002", path="/of-somebody")
    world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/of-ada"]
    assert under(world, lead_of(world, "bob@example.com")) == []
    assert under(world, visitor_of(world, ADAS)) == ["/of-somebody"]


def test_a_thousand_names_for_one_visitor_move_nothing(world: World) -> None:
    visit(world, "view-0001", path="/of-ada")
    post(world, ADA, ADAS)
    world.settle()
    for number in range(5):
        post(world, {**BOB, "email": f"bob{number}@example.com"}, ADAS)
    world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/of-ada"]
    for number in range(5):
        assert under(world, lead_of(world, f"bob{number}@example.com")) == []


def test_a_lead_may_have_several_visitors(world: World) -> None:
    post(world, ADA, ADAS)
    world.settle()
    world.now += timedelta(hours=1)
    post(world, {**ADA, "first_name": "Ada L."}, BOBS)
    visit(world, "view-0001", path="/phone")
    visit(world, "view-0002", path="/desk", visitor=BOBS)
    world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/desk", "/phone"]


def test_who_posts_in_a_known_leads_name_pours_no_past_visits_into_it(world: World) -> None:
    post(world, ADA, ADAS)
    world.settle()
    visit(world, "view-0001", visitor=BOBS, path="/before")
    world.now += timedelta(hours=1)
    post(world, {**ADA, "first_name": "Bob"}, BOBS)
    world.settle()
    world.now += timedelta(minutes=1)
    visit(world, "view-0002", visitor=BOBS, path="/after")
    world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/after"]
    assert under(world, visitor_of(world, BOBS)) == ["/before"]


def test_a_link_names_whose_visits_they_are_from_when_it_is_followed_and_no_earlier_ones(
    world: World,
) -> None:
    world.post()
    world.settle()
    visit(world, "view-0001", path="/before-it-was-passed-on")
    world.now += timedelta(hours=1)
    token = token_to(world, f"{SITE}/cakes")
    world.now += timedelta(minutes=1)
    land(world, token)

    assert under(world, lead_of(world, "ada@example.com")) == ["/cakes"]
    assert under(world, visitor_of(world, ADAS)) == ["/before-it-was-passed-on"]


def test_a_later_name_by_link_takes_nothing_from_what_was_the_leads_already(world: World) -> None:
    visit(world, "view-0001", path="/before")
    post(world, ADA, ADAS)
    world.settle()
    world.now += timedelta(hours=1)
    land(world, token_to(world, f"{SITE}/cakes"))
    visit(world, "view-0003", path="/late", ago=7_200_000)
    world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/before", "/cakes", "/late"]


@pytest.mark.parametrize("form_first", [True, False])
def test_who_posts_in_the_leads_name_and_reads_its_mails_there_is_the_lead(
    world: World, *, form_first: bool
) -> None:
    world.post()
    world.settle()
    visit(world, "view-0001", path="/before")
    world.now += timedelta(hours=1)
    steps: list[Callable[[], object]] = [
        lambda: post(world, {**ADA, "first_name": "Ada L."}, ADAS),
        lambda: land(world, token_to(world, f"{SITE}/cakes")),
    ]
    for step in steps if form_first else reversed(steps):
        step()
        world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/before", "/cakes"]


def test_what_lies_with_a_browser_joins_when_its_post_is_confirmed(world: World) -> None:
    """The mail that asked back went to the address itself."""
    post(world, ADA, ADAS)
    world.settle()
    visit(world, "view-0001", visitor=BOBS, path="/before")
    world.now += timedelta(hours=1)
    post(world, {**ADA, "first_name": "Ada L."}, BOBS)
    world.settle()
    confirmed = record(
        lead=lead_of(world, "ada@example.com"),
        kind=CONSENT_CONFIRMED,
        source="form:cake-guide",
        received_at=world.now,
        data={"consents": {}, "visitor": visitor_of(world, BOBS)},
    )
    DynamoTouchpoints(table(world)).append(confirmed)
    world.settle()

    assert under(world, lead_of(world, "ada@example.com")) == ["/before"]


def test_who_loses_the_race_for_a_visitor_has_written_nothing(world: World) -> None:
    visitors, browser = DynamoVisitors(table(world)), visitor_of(world, ADAS)
    name = Name(at=world.now, since=None, by=NamedBy.FORM)
    late = Behind(table(world).client, lambda: visitors.identify(browser, ["ada"], name))

    known = DynamoVisitors(Table(late, TABLE)).identify(browser, ["bob"], name)  # type: ignore[arg-type]  # one call of it

    assert (known.lead, known.owns(world.now + timedelta(hours=1))) == ("ada", True)
    assert [each["pk"]["S"] for each in world.account.items() if "W#" in each["sk"]["S"]] == [
        "L#ada"
    ]


class Behind:
    """Somebody else is quicker than the first transaction."""

    def __init__(self, client: object, first: Callable[[], object]) -> None:
        self.client, self.first = client, [first]

    def transact_write_items(self, **request: Any) -> Any:
        self.first.pop()()
        return self.client.transact_write_items(**request)  # type: ignore[attr-defined]  # botocore makes its methods

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


def table(world: World) -> Table:
    return Table(world.account.aws("dynamodb"), TABLE)


def land(world: World, token: str) -> None:
    """On the page that the link led to, with consent."""
    seen = {"id": "view-0002", "kind": "page.viewed", "page": f"{SITE}/cakes"}
    tell(world, {"visitor": ADAS, "token": token, "events": [seen]})
    world.settle()


def test_a_link_to_another_site_or_a_file_brings_no_token(world: World) -> None:
    for target in ("https://elsewhere.example/cakes", "https://go.lindenbakery.example/files/a/b"):
        assert followed(world, target) == target


def token_to(world: World, target: str) -> str:
    """What a followed link to this page adds to its address."""
    where, _, token = followed(world, target).partition("?cf=")
    assert where == target
    return token


def followed(world: World, target: str) -> str:
    links = SignedLinks(world.account.keys)
    lead = lead_of(world, "ada@example.com")
    token = links.sign("go", lead=lead, message="m", target=target, index=0)
    asked = request("GET", "/go/{token}", path={"token": token}, user_agent=BROWSER)
    location: str = world.http("follow_link", asked)["headers"]["location"]
    return location


def test_a_suspect_post_joins_nobody(world: World) -> None:
    visit(world, "view-0001")
    post(world, {**ADA, "contact_me_by_fax": "yes"}, ADAS)
    world.settle()

    assert under(world, visitor_of(world, ADAS)) == ["/prices"]


def test_erasing_a_lead_erases_what_its_browsers_left(world: World) -> None:
    visit(world, "view-0001")
    post(world, ADA, ADAS)
    world.settle()
    ada = lead_of(world, "ada@example.com")
    DynamoEverything(table(world)).erase(ada, world.now)
    visit(world, "view-0002")
    world.settle()

    keys = [(each["pk"]["S"], each["sk"]["S"][:2]) for each in world.account.items()]
    left = {key for key in keys if key[0].startswith("L#")}
    assert left == {
        (f"L#{ada}", "P"),
        (f"L#{ada}", "G"),
        (f"L#{visitor_of(world, ADAS)}", "T#"),
    }


@pytest.mark.parametrize(
    "told",
    [
        *("", "{", "[]", "7", "[" * 3000, '{"visitor":7}', '{"visitor":"short"}', "x" * 5000),
        '{"visitor":"' + "x" * 40 + '","zone":7,"language":[],"first":"x","touch":{"page":7}}',
        *(
            '{"first":{"page":"https://www.lindenbakery.example/?utm_source=x","at":' + at + "}}"
            for at in ("NaN", "-Infinity", "1" + "0" * 400)
        ),
    ],
)
def test_a_post_counts_whatever_it_says_of_its_visit(world: World, told: str) -> None:
    answer = world.post({**ADA, "coldframe_visit": told})
    world.settle()

    assert answer["statusCode"] == 303
    assert world.sent()["cake-guide"] == 1
