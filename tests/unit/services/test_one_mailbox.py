"""However a victim's address is spelled, three requested mails a day reach its mailbox."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.decision import Decision
from coldframe.domain.gate import MOST_REQUESTED
from coldframe.domain.local_time import DAY
from coldframe.domain.mailbox import mailbox_of
from coldframe.domain.message import MessageState
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.steps import StepCommand
from tests.fakes.stage import Stage
from tests.fakes.world import World

SPELLINGS = (
    "ada.byron@gmail.com",
    "adabyron+1@gmail.com",
    "a.d.a.byron+cake@googlemail.com",
    "adabyron@gmail.com",
    "adabyron+x@gmail.com",
    "adabyronn@gmail.com",
    "grace@example.com",
)
ONE_MAILBOX = SPELLINGS[:5]


def opened(order: Random | None = None) -> Stage:
    world = World()
    world.playbook.without_limits()
    return Stage(world, order=order)


def posted(stage: Stage, addresses: Iterable[str]) -> Stage:
    for address in addresses:
        stage.post(address)
    return stage


def instants(stage: Stage) -> dict[str, list[datetime]]:
    """Mailbox → when requested mails went there, in order."""
    found = defaultdict(list)
    of = {dict(each.tags)["message"]: each.recipient for each in stage.world.mailer.sent}
    for row in stage.world.ledger.rows.values():
        if row.mail == "guide" and row.id in of:
            found[mailbox_of(of[row.id])].append(row.sent_at or row.at)
    return {box: sorted(times) for box, times in found.items()}


def test_plus_tags_and_dots_share_three_mails_and_each_refusal_says_why() -> None:
    stage = posted(opened(), ONE_MAILBOX)

    stage.settle()

    rows = [row for row in stage.world.ledger.rows.values() if row.mail == "guide"]
    assert [row.state for row in rows].count(MessageState.SENT) == MOST_REQUESTED
    assert [row.why for row in rows if row.state is MessageState.REFUSED] == ["asked_too_often"] * 2


def test_no_address_is_kept_with_the_count() -> None:
    stage = posted(opened(), ONE_MAILBOX)

    stage.settle()

    assert list(map(len, stage.world.mailboxes.rows)) == [26]
    assert "ada" not in repr(stage.world.mailboxes.rows)


@given(
    story=st.lists(
        st.tuples(st.sampled_from(SPELLINGS), st.integers(0, 30)), min_size=1, max_size=12
    ),
    seed=st.integers(),
)
@settings(max_examples=60, deadline=None)
def test_no_order_and_no_timing_brings_more(story: list[tuple[str, int]], seed: int) -> None:
    stage = opened(Random(seed))  # noqa: S311 - an order to test, not a secret
    for number, (address, hours) in enumerate(story):
        stage.post(address, first_name=f"Ada {number}")
        if hours > 15:
            stage.advance(stage.world.clock.now() + timedelta(hours=hours - 15))
    stage.settle()

    for times in instants(stage).values():
        for at in times:
            within = [each for each in times if at - DAY < each <= at]
            assert len(within) <= MOST_REQUESTED


def test_a_crash_at_any_write_counts_each_mail_once() -> None:
    calm = posted(opened(), ONE_MAILBOX)
    calm.settle()
    for point in range(calm.world.writes.points):
        stage = opened()
        stage.world.writes.crash_at = point
        posted(stage, ONE_MAILBOX).advance(stage.world.clock.now() + timedelta(hours=1))

        (box,) = stage.world.mailboxes.rows.values()
        claimed = [
            claim
            for row in stage.world.enrolments.rows.values()
            for key, claim in row.claims.items()
            if claim.mail == "guide"
        ]
        assert len(box.requested) == len(claimed) == MOST_REQUESTED, point
        assert len(stage.world.mailer.mails()) <= MOST_REQUESTED, point
        assert len(stage.mails()) == len(set(stage.mails())), point


@pytest.mark.parametrize("point", range(40))
def test_two_who_ask_at_once_do_not_both_get_the_last_one(point: int) -> None:
    stage = posted(opened(), ONE_MAILBOX)
    world = stage.world
    guides = [_guide(each) for each in _enrolled(stage)]
    for command in guides[:2]:
        stage.survive(lambda command=command: world.messaging()(command))  # type: ignore[misc]  # bound now
    world.writes.interrupt_at = world.writes.operations + point
    world.writes.interruption = lambda: world.messaging()(guides[2])

    stage.survive(lambda: world.messaging()(guides[3]))

    assert len(world.mailer.mails()) == MOST_REQUESTED


def _enrolled(stage: Stage) -> list[Decision]:
    """Reactions are drawn and carried out, but no run has moved yet."""
    records: list[Touchpoint | Decision] = []
    while stage.world.stream.records:
        records, stage.world.stream.records = stage.world.stream.records, []
        for record in records:
            if isinstance(record, Touchpoint):
                stage.world.reacting()(record)
            else:
                stage.world.carrying_out()(record)
    return [each for each in stage.world.profiles.decisions.values() if each.kind == "enrol"]


def _guide(decision: Decision) -> StepCommand:
    return StepCommand(
        lead=decision.lead,
        enrolment=decision.data["enrolment"],
        generation=1,
        journey=decision.journey,
        step=decision.data["first"],
    )
