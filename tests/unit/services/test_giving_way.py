"""Whom a mail gives way to at a cap, and until when: only to what is near, and has room itself."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from coldframe.domain.caps import Counting, counted
from coldframe.domain.enrolment import message_id
from coldframe.domain.errors import NotYet
from coldframe.domain.gate import Gate
from coldframe.domain.giving_way import Due, gives_way
from coldframe.domain.limits import CapRule
from coldframe.domain.message import MailKind, Message, MessageState
from coldframe.services.steps import StepCommand
from infra.playbook.conditions import built_in
from infra.playbook.conditions.compiling import compile_condition
from tests.fakes.clock import MONDAY
from tests.fakes.world import World
from tests.unit.services.test_precedence import ask, behind_a_wait, lettered, ranked, record

HOUR = timedelta(hours=1)


def test_nobody_gives_way_to_what_comes_in_days_though_they_share_a_week() -> None:
    for days, state in ((1, "deferred"), (3, "sent")):
        world, (low, high) = ranked(1, 9)
        world.playbook.of = replace(world.playbook.of, caps=(CapRule(mails=1, days=7),))
        behind_a_wait(world, high, hours=days * 24)

        ask(world, low)

        assert record(world, "case-study").state == state


def test_who_gives_way_to_two_waits_until_there_is_room_behind_both() -> None:
    world, (low, *_) = ranked(1, 9, 5)
    world.playbook.of = replace(world.playbook.of, caps=(CapRule(mails=2, days=1),))

    with pytest.raises(NotYet) as later:
        world.messaging()(low)

    assert later.value.until > MONDAY + 12 * timedelta(hours=1)


def test_nobody_gives_way_to_a_mail_that_has_no_room_anyway() -> None:
    caps = (CapRule(mails=1, days=1, topics=("offers",)),)
    offer, news = Counting(topic="offers"), Counting(topic="news")
    gate = counted(Gate(lead="ada"), caps, offer, now=MONDAY)
    ahead = [Due(at=MONDAY, what=offer, journey="offers")]

    assert gives_way(gate, caps, news, ahead, now=MONDAY, zone=UTC) is None


def test_nobody_gives_way_to_a_mail_that_was_asked_for() -> None:
    world, (low, _high) = ranked(1, 9)
    mails = world.playbook.mails
    mails["invitation"] = replace(mails["invitation"], kind=MailKind.REQUESTED)

    ask(world, low)

    assert record(world, "case-study").state == "sent"


def test_a_rule_for_some_leads_makes_them_give_way_and_nobody_else() -> None:
    """One mail a day to newcomers; Ada is one."""
    for days, state in ((30, "deferred"), (0, "sent")):
        world, (low, _high) = ranked(1, 9)
        newcomers = f"since(created_at) < days({days})"
        when = compile_condition(newcomers, catalogue=built_in.catalogue())
        world.playbook.of = replace(world.playbook.of, caps=(CapRule(mails=1, days=1, when=when),))

        ask(world, low)

        assert record(world, "case-study").state == state


def put_off(world: World, high: StepCommand, mail: str, **until: float) -> None:
    """The invitation can't go before that."""
    held = message_id(high.enrolment, mail)
    world.ledger.settle(
        Message(
            lead=high.lead,
            id=held,
            mail=mail,
            enrolment=high.enrolment,
            journey=high.journey,
            step=high.step,
            state=MessageState.DEFERRED,
            at=MONDAY,
            why="in_line",
            until=MONDAY + timedelta(**until),
        )
    )


def test_nobody_gives_way_to_what_was_put_off_for_days_but_to_what_comes_today() -> None:
    for hours, state in ((60, "sent"), (3, "deferred")):
        world, (low, high) = ranked(1, 9)
        put_off(world, high, "invitation", hours=hours)

        ask(world, low)

        assert record(world, "case-study").state == state


def test_nobody_gives_way_to_what_is_over_before_it_can_go() -> None:
    for hours, state in ((2, "sent"), (4, "deferred")):
        world, (low, high) = ranked(1, 9)
        put_off(world, high, "invitation", hours=3)
        mails, over = world.playbook.mails, MONDAY + timedelta(hours=hours)
        mails["invitation"] = replace(mails["invitation"], valid_until=over.isoformat())

        ask(world, low)

        assert record(world, "case-study").state == state


def test_nobody_gives_way_to_a_broadcast_of_before_it_agreed_to_its_topic() -> None:
    """It went at nine; whoever agreed after that is written to the next time."""
    for agreed, state in ((MONDAY - HOUR / 2, "sent"), (MONDAY - 2 * HOUR, "deferred")):
        world, (low,) = ranked(1)
        lettered(world, 9, below=1)
        letter = replace(world.playbook.broadcasts["letter"], schedule="cron(0 10 16 11 ? 2026)")
        world.playbook.broadcasts = {"letter": letter}
        lead = world.profiles.rows[low.lead]
        consent = replace(lead.consents[letter.topic], at=agreed)
        consents = {**lead.consents, letter.topic: consent}
        world.profiles.rows[low.lead] = replace(lead, consents=consents)

        ask(world, low)

        assert record(world, "case-study").state == state


def test_what_comes_tomorrow_is_given_way_to_by_the_room_it_has_tomorrow() -> None:
    caps = (CapRule(mails=1, days=1, topics=("offers",)), CapRule(mails=2, days=2))
    offer, news = Counting(topic="offers"), Counting(topic="news")
    gate = counted(Gate(lead="ada"), caps, offer, now=MONDAY)
    ahead = [Due(at=MONDAY + timedelta(days=1), what=offer, journey="offers")]

    way = gives_way(gate, caps, news, ahead, now=MONDAY, zone=UTC)

    assert way
    assert way.journey == "offers"
