"""Whom a mail gives way to at a cap, and until when: only to what is near, and has room itself."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from coldframe.domain.caps import Counting, counted
from coldframe.domain.errors import NotYet
from coldframe.domain.gate import Gate
from coldframe.domain.giving_way import Due, gives_way
from coldframe.domain.limits import CapRule
from coldframe.domain.message import MailKind
from tests.fakes.clock import MONDAY
from tests.unit.services.test_precedence import ask, behind_a_wait, ranked, record


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
