from datetime import timedelta

from tests.integration.requests import ADA
from tests.integration.world import START, World


def test_a_silent_lead_gets_the_guide_the_story_and_a_reminder_and_then_sales_hear(
    world: World,
) -> None:
    answer = world.post()
    world.pass_time(START + timedelta(days=20))

    assert answer["statusCode"] == 303
    assert list(world.sent().elements()) == ["cake-guide", "case-study", "reminder", "_hand_off"]


def test_a_lead_who_clicks_is_invited(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=3))
    world.follow(world.mails[1])
    world.pass_time(START + timedelta(days=20))

    assert list(world.sent()) == ["cake-guide", "case-study", "tasting-invitation", "_hand_off"]


def test_after_an_unsubscribe_no_mail_is_claimed(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=1))
    looked = world.unsubscribe(world.mails[0], "GET")
    assert looked["statusCode"] == 200
    assert all(
        item["sk"]["S"] != "G" or "unsubscribed_at" not in item for item in world.account.items()
    )

    posted = world.unsubscribe(world.mails[0])
    world.pass_time(START + timedelta(days=20))

    assert posted["statusCode"] == 200
    assert list(world.sent()) == ["cake-guide"]


def test_thirty_identical_posts_are_one_lead_one_enrolment_and_one_mail(world: World) -> None:
    answers = [world.post(ADA) for _ in range(30)]
    world.pass_time(START + timedelta(hours=1))

    assert len({answer["headers"]["location"] for answer in answers}) == 1
    assert world.sent() == {"cake-guide": 1}
    assert len(world.runs) == 1
