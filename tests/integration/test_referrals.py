"""A lead's own link: who comes by it, what the referrer is told, and whom it counts for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from coldframe.adapters.everything import DynamoEverything
from coldframe.adapters.links import SignedLinks
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.referral_links import referral_link
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.knowing.asking import told_by
from coldframe.domain.lead import lead_id
from coldframe.domain.merging import linked
from coldframe.domain.profile import Profile
from tests.integration.account import BASE_URL, TABLE
from tests.integration.world import World

ADA, GRACE = "ada@example.com", "grace@example.com"
VISITOR = "7f3a0c5e9b1d4682a1c3e5f708192a3b"


def table(world: World) -> Table:
    return Table(world.account.aws("dynamodb"), TABLE)


def profile(world: World, address: str) -> Profile:
    found = DynamoProfiles(table(world)).own(lead_id(world.account.keys().id, address))
    assert found is not None
    return found


def known(world: World, address: str) -> dict[str, object]:
    return told_by(profile(world, address))


def link_of(world: World, address: str) -> str:
    links = SignedLinks(world.account.keys)
    url = referral_link(links, profile(world, address), "form:cake-guide", BASE_URL)
    return url.partition("cf_ref=")[2]


def come(world: World, address: str, *, by: str = "", visitor: str = "", **more: str) -> None:
    """``by``: the token of somebody's link."""
    world.now += timedelta(minutes=1)
    visit = {"coldframe_visit": f'{{"visitor": "{visitor}"}}'} if visitor else {}
    sent = {"coldframe_ref": by} if by else {}
    answer = world.post({"email": address, "first_name": "Somebody", **visit, **sent, **more})
    assert answer["statusCode"] == 303
    world.settle()


def events(world: World, kind: str) -> list[dict[str, Any]]:
    items = world.account.items()
    return [each for each in items if each.get("kind", {}).get("S") == kind]


@pytest.fixture
def ada(world: World) -> World:
    come(world, ADA)
    return world


def test_who_comes_by_a_link_knows_by_whose_and_the_referrer_is_told(ada: World) -> None:
    come(ada, GRACE, by=link_of(ada, ADA))

    assert known(ada, GRACE)["referred_by"] == profile(ada, ADA).lead
    assert known(ada, ADA)["referrals"] == 1
    (made,) = events(ada, "referral.made")
    assert made["pk"]["S"] == f"L#{profile(ada, ADA).lead}"
    assert GRACE not in str(made)


def test_the_link_itself_says_nothing_of_the_lead(ada: World) -> None:
    url = referral_link(SignedLinks(ada.account.keys), profile(ada, ADA), "form:x", BASE_URL)

    assert "ada" not in url
    assert "example.com" not in url


@pytest.mark.parametrize("token", ["", "a.b", "nonsense", "x" * 5_000])
def test_a_link_that_is_not_ours_is_no_reason_to_lose_the_lead(token: str, ada: World) -> None:
    come(ada, GRACE, by=token)

    assert "referred_by" not in known(ada, GRACE)
    assert known(ada, ADA)["referrals"] == 0


def test_only_a_new_lead_is_referred_and_only_once(ada: World) -> None:
    come(ada, GRACE)
    come(ada, GRACE, by=link_of(ada, ADA))
    come(ada, "joan@example.com", by=link_of(ada, ADA))
    come(ada, "joan@example.com", by=link_of(ada, GRACE))

    assert "referred_by" not in known(ada, GRACE)
    assert known(ada, "joan@example.com")["referred_by"] == profile(ada, ADA).lead
    assert (known(ada, ADA)["referrals"], known(ada, GRACE)["referrals"]) == (1, 0)


@pytest.mark.parametrize("own", [ADA, "ada+friend@example.com", "ADA@example.com"])
def test_nobody_sends_itself_however_it_spells_its_address(own: str, ada: World) -> None:
    come(ada, own, by=link_of(ada, ADA))

    assert known(ada, ADA)["referrals"] == 0
    assert "referred_by" not in known(ada, own.lower())


def test_one_mailbox_counts_once_however_often_it_comes(ada: World) -> None:
    for spelled in (GRACE, "grace+1@example.com", "grace+2@example.com"):
        come(ada, spelled, by=link_of(ada, ADA))

    assert known(ada, ADA)["referrals"] == 1
    assert len(events(ada, "referral.made")) == 1


def test_another_address_in_the_referrer_s_own_browser_is_nobody_new(world: World) -> None:
    come(world, ADA, visitor=VISITOR)

    come(world, "countess@example.net", by=link_of(world, ADA), visitor=VISITOR)

    assert known(world, ADA)["referrals"] == 0
    assert "referred_by" not in known(world, "countess@example.net")
    assert events(world, "referral.made") == []


def test_who_was_sent_sends_nobody_back(ada: World) -> None:
    come(ada, GRACE, by=link_of(ada, ADA))
    come(ada, ADA, by=link_of(ada, GRACE))

    assert "referred_by" not in known(ada, ADA)
    assert known(ada, GRACE)["referrals"] == 0


def test_a_suspect_post_counts_for_nobody(ada: World) -> None:
    come(ada, GRACE, by=link_of(ada, ADA), contact_me_by_fax="yes")

    assert known(ada, ADA)["referrals"] == 0


def test_a_tester_counts_for_nobody(ada: World) -> None:
    come(ada, "rosa@lindenbakery.example", by=link_of(ada, ADA))

    assert known(ada, ADA)["referrals"] == 0


def test_who_came_by_an_erased_lead_s_link_forgets_whose_it_was(ada: World) -> None:
    come(ada, GRACE, by=link_of(ada, ADA))
    gone = profile(ada, ADA).lead

    DynamoEverything(table(ada)).erase(gone, ada.now)
    ada.settle()

    assert "referred_by" not in known(ada, GRACE)
    partition = f"L#{profile(ada, GRACE).lead}"
    mine = [item for item in ada.account.items() if item["pk"]["S"] == partition]
    assert gone not in str(mine)


def test_nor_does_any_other_identity_of_who_came_by_it_remember_whose_it_was(ada: World) -> None:
    come(ada, GRACE)
    come(ada, "grace@work.example", by=link_of(ada, ADA))
    ids = [profile(ada, each).lead for each in (GRACE, "grace@work.example")]
    gone = profile(ada, ADA).lead
    ada.now += timedelta(minutes=1)
    DynamoTouchpoints(table(ada)).append(linked(*ids, why="one person", by="operator", at=ada.now))
    ada.settle()
    ada.pass_time(ada.now + timedelta(minutes=5))

    DynamoEverything(table(ada)).erase(gone, ada.now)
    ada.settle()

    others = [item for item in ada.account.items() if item["pk"]["S"] != f"L#{gone}"]
    assert [item["sk"]["S"] for item in others if gone in str(item)] == []


def test_the_link_of_a_lead_that_is_gone_leads_to_the_form_all_the_same(ada: World) -> None:
    link = link_of(ada, ADA)
    DynamoEverything(table(ada)).erase(profile(ada, ADA).lead, ada.now)

    come(ada, GRACE, by=link)

    assert "referred_by" not in known(ada, GRACE)
    assert events(ada, "referral.made") == []
    assert profile(ada, ADA).address == ""


def test_referrals_are_the_person_s_when_two_addresses_are_one(ada: World) -> None:
    come(ada, "ada@work.example")
    come(ada, GRACE, by=link_of(ada, "ada@work.example"))
    ids = [profile(ada, each).lead for each in (ADA, "ada@work.example")]
    ada.now += timedelta(minutes=1)

    asked = linked(*ids, why="one person", by="operator", at=ada.now)
    DynamoTouchpoints(table(ada)).append(asked)
    ada.settle()

    assert known(ada, ADA)["referrals"] == 1


def test_who_turns_out_to_be_its_own_referrer_was_not_referred(ada: World) -> None:
    come(ada, GRACE, by=link_of(ada, ADA))
    ids = [profile(ada, each).lead for each in (ADA, GRACE)]
    ada.now += timedelta(minutes=1)

    DynamoTouchpoints(table(ada)).append(linked(*ids, why="one person", by="operator", at=ada.now))
    ada.settle()

    assert known(ada, ADA)["referrals"] == 0
    assert "referred_by" not in known(ada, ADA)


def sends_a_friend(world: World) -> None:
    come(world, ADA)
    come(world, GRACE, by=link_of(world, ADA))


def sends_itself(world: World) -> None:
    come(world, ADA, visitor=VISITOR)
    come(world, GRACE, by=link_of(world, ADA), visitor=VISITOR)


@pytest.mark.parametrize(("life", "sent"), [(sends_a_friend, 1), (sends_itself, 0)])
def test_a_crash_between_two_writes_counts_it_once_or_not_at_all(
    life: Callable[[World], None], sent: int, afresh: Callable[..., World]
) -> None:
    undisturbed = afresh()
    life(undisturbed)
    calls = undisturbed.calls
    first = len(calls) - calls[::-1].index("capture_lead: dynamodb.PutItem")

    for number in range(first + 1, len(calls) + 1):
        if not calls[number - 1].startswith("react"):
            continue
        crashed = afresh(crash_after=number)
        life(crashed)

        assert known(crashed, ADA)["referrals"] == sent, number
        assert len(events(crashed, "referral.made")) == sent, number
        assert ("referred_by" in known(crashed, GRACE)) is bool(sent), number
