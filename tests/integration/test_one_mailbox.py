"""Through every function: a stranger's many spellings of one address bring it three mails."""

from datetime import timedelta

from tests.integration.world import START, World

SPELLINGS = [f"a.da+{number}@gmail.com" for number in range(4)] + ["ada@googlemail.com"]


def test_five_leads_of_one_mailbox_get_three_guides_between_them(world: World) -> None:
    for address in SPELLINGS:
        world.post({"email": address, "first_name": "Ada"})
    world.pass_time(START + timedelta(hours=1))

    assert world.sent()["cake-guide"] == 3
    (counted,) = [item for item in world.account.items() if item["pk"]["S"].startswith("M#")]
    assert len(counted["requested"]["L"]) == 3
    assert int(counted["expires_at"]["N"]) > START.timestamp()
    assert "ada" not in str(counted)
    whys = [item.get("why", {}).get("S") for item in world.account.items()]
    assert whys.count("asked_too_often") == 2


def test_the_next_day_it_may_be_asked_for_again(world: World) -> None:
    for address in SPELLINGS:
        world.post({"email": address, "first_name": "Ada"})
    world.pass_time(START + timedelta(hours=25))

    world.post({"email": "ada@gmail.com", "first_name": "Ada"})
    world.pass_time(START + timedelta(hours=26))

    assert world.sent()["cake-guide"] == 4
