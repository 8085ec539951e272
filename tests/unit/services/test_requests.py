"""A stranger who knows an address can't have it mailed again and again in its owner's name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.gate import MOST_REQUESTED, Prohibition
from coldframe.domain.message import MessageState
from coldframe.services.steps import StepCommand
from coldframe.services.unsubscribing import Unsubscribe
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import WELCOME
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA


def asked_for(world: World, number: int) -> StepCommand:
    """Somebody fills in yet another form with Ada's address, whose journey begins with a mail."""
    name = f"guide-{number}"
    guide = replace(WELCOME.steps["guide"], next="end")
    world.playbook.journeys[name] = replace(WELCOME, journey=name, steps={"guide": guide})
    world.enrolments.begin(
        Enrolment(
            lead=lead_of(ADA),
            id=f"in-{name}",
            journey=name,
            status=EnrolmentStatus.OPEN,
            step="guide",
            since=world.clock.now(),
            generation=1,
            started_at=world.clock.now(),
            requested_at=world.clock.now(),
        )
    )
    return StepCommand(
        lead=lead_of(ADA), enrolment=f"in-{name}", generation=1, journey=name, step="guide"
    )


@pytest.fixture
def known(stage: Stage) -> World:
    """Ada is a lead, and has had her first guide."""
    stage.post(ADA)
    stage.settle()
    assert stage.world.mailer.mails() == ["guide"]
    return stage.world


def whys(world: World) -> list[str]:
    return [row.why for row in world.ledger.rows.values() if row.state is MessageState.REFUSED]


def test_one_address_gets_three_requested_mails_a_day_over_all_forms(known: World) -> None:
    for number in range(6):
        known.messaging()(asked_for(known, number))

    assert len(known.mailer.mails()) == MOST_REQUESTED
    assert whys(known) == ["asked_too_often"] * 4


def test_a_day_later_it_may_be_asked_for_again(known: World) -> None:
    for number in range(3):
        known.messaging()(asked_for(known, number))
    known.clock.advance(days=1)

    known.messaging()(asked_for(known, 9))

    assert len(known.mailer.mails()) == MOST_REQUESTED + 1


def test_a_retried_mail_is_counted_once(known: World) -> None:
    command = asked_for(known, 1)
    for _ in range(4):
        known.messaging()(command)

    assert len(known.mailboxes.of(ADA).requested) == 2
    assert len(known.mailer.mails()) == 2


def disown(world: World, *, posted: bool = True) -> None:
    token = world.links.sign("unsubscribe", lead=lead_of(ADA), message="m", target="not_me")
    world.unsubscribing()(Unsubscribe(token=token, posted=posted))


def test_who_says_it_was_not_them_hears_nothing_more_whoever_asks(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()
    disown(stage.world)
    stage.settle()
    stage.world.clock.advance(days=2)

    stage.world.messaging()(asked_for(stage.world, 1))
    stage.advance(MONDAY + timedelta(days=20))

    assert stage.world.mailer.mails() == ["guide"]
    assert "not_me" in whys(stage.world)
    kinds = [row.kind for row in stage.world.touchpoints.rows.values()]
    assert kinds.count("unsubscribed") == 1
    (told,) = [r for r in stage.world.touchpoints.rows.values() if r.kind == "unsubscribed"]
    assert told.data["why"] == "not_me"


def test_a_month_later_the_owner_may_ask_for_something_herself(known: World) -> None:
    disown(known)
    known.clock.advance(days=31)

    known.messaging()(asked_for(known, 1))

    assert known.mailer.mails() == ["guide", "guide"]


def test_what_was_said_before_she_confirmed_holds_up_nothing_that_she_asks_for_later(
    known: World,
) -> None:
    """She opts out again, plainly this time, and then asks for the guide."""
    ada = lead_of(ADA)
    disown(known)
    known.clock.advance(days=2)
    known.gates.lift(ada, Prohibition.UNSUBSCRIBED, known.clock.now())
    known.clock.advance(days=1)
    known.gates.forbid(ada, Prohibition.UNSUBSCRIBED, known.clock.now())
    known.clock.advance(minutes=5)

    known.messaging()(asked_for(known, 1))

    assert known.mailer.mails() == ["guide", "guide"]


def test_who_says_it_was_not_them_and_opts_out_as_well_is_left_alone_all_the_same(
    known: World,
) -> None:
    disown(known)
    known.clock.advance(days=1)
    known.gates.forbid(lead_of(ADA), Prohibition.UNSUBSCRIBED, known.clock.now())
    known.clock.advance(minutes=5)

    known.messaging()(asked_for(known, 1))

    assert known.mailer.mails() == ["guide"]


def test_looking_at_the_page_changes_nothing(known: World) -> None:
    disown(known, posted=False)

    assert known.gates.get(lead_of(ADA)).unsubscribed_at is None


def test_a_plain_unsubscribe_holds_up_no_later_request(known: World) -> None:
    known.gates.forbid(lead_of(ADA), Prohibition.UNSUBSCRIBED, known.clock.now())
    known.clock.advance(minutes=5)

    known.messaging()(asked_for(known, 1))

    assert known.mailer.mails() == ["guide", "guide"]
