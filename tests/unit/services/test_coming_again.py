"""Leads who come again, leave for another journey, or wait for what has changed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.journey import ReEntry
from coldframe.domain.journey_steps import Send, Share, Split
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Entry
from tests.fakes.clock import MONDAY
from tests.fakes.enrolments import InMemoryEnrolments
from tests.fakes.playbook import mail
from tests.fakes.stage import Stage
from tests.unit.services.on_tour import LEAD, changed, enrolment, on_tour, stands, who_does
from tests.unit.services.stories import ADA
from tests.unit.services.tour import BOOKED, FOLLOW, step, touring

DAY = timedelta(days=1)


def ordering(stage: Stage, policy: ReEntry) -> None:
    """Each booking enters the journey that follows it."""
    playbook = stage.world.playbook.without_limits()
    touring(playbook)
    entry = Entry(journey="follow", first="reminder", when=BOOKED, re_enter=policy)
    playbook.rules = replace(playbook.rules, entries=(entry,), exits=())
    stage.post(ADA)
    stage.advance(MONDAY + DAY / 24)


def passages(stage: Stage) -> list[Enrolment]:
    rows = stage.world.enrolments.rows.values()
    return sorted((row for row in rows if row.journey == "follow"), key=lambda row: row.started_at)


@pytest.mark.parametrize(
    ("policy", "times"),
    [
        (ReEntry(), 1),
        (ReEntry(mode="always"), 3),
        (ReEntry(mode="after", after=9 * 86_400), 2),
    ],
    ids=["never", "always", "after"],
)
def test_leads_come_again_as_the_journey_allows(stage: Stage, policy: ReEntry, times: int) -> None:
    ordering(stage, policy)
    for days in (1, 7, 13):
        stage.advance(MONDAY + days * DAY)
        stage.happen("tasting.booked", ADA, f"order-{days}")
    stage.advance(MONDAY + 15 * DAY)

    assert [row.status for row in passages(stage)] == [EnrolmentStatus.CLOSED] * times
    assert stage.world.mailer.mails().count("reminder") == times


def test_two_orders_at_once_are_two_passages_by_their_key(stage: Stage) -> None:
    ordering(stage, ReEntry(mode="always", key="order_id"))
    for order in ("7", "8", "7"):
        stage.happen("tasting.booked", ADA, f"{order}-{stage.world.clock.now()}", order_id=order)
        stage.settle()

    assert sorted(row.key for row in passages(stage)) == ["7", "8"]


def test_repeated_and_crashed_the_same_order_is_one_passage(stage: Stage) -> None:
    ordering(stage, ReEntry(mode="always", concurrent=True))
    stage.happen("tasting.booked", ADA, "order-1")
    decisions = [each for each in stage.react() if each.kind is DecisionKind.ENROL]
    last = decisions[-1]

    for _ in range(3):
        stage.world.carrying_out()(last)

    assert [row.cause for row in passages(stage)].count(last.cause) == 1


def test_what_follows_an_ending_is_asked_for_once_however_often_it_is_carried_out() -> None:
    world = on_tour()
    stands(world, "long")
    world.enrolments.rows[LEAD, "e"] = replace(enrolment(world), id="e")
    leaving = Decision(
        lead=LEAD,
        id="d",
        kind=DecisionKind.EXIT,
        cause="t",
        at=MONDAY,
        journey="tour",
        data={"reason": "converted", "then": "follow"},
    )
    for _ in range(3):
        world.carrying_out()(leaving)
        world.clock.advance(days=1)

    [asked] = world.touchpoints.rows.values()
    assert asked.data["journey"] == "follow"
    assert asked.occurred_at == enrolment(world).ended_at == MONDAY


def test_nothing_follows_for_who_had_left_before() -> None:
    world = on_tour()
    stands(world, "long")
    world.enrolments.close(enrolment(world), "converted", MONDAY)
    world.clock.advance(days=3)
    again = Decision(
        lead=LEAD,
        id="d",
        kind=DecisionKind.EXIT,
        cause="t",
        at=MONDAY + 2 * DAY,
        journey="tour",
        data={"reason": "converted", "then": "follow"},
    )

    world.carrying_out()(again)

    assert world.touchpoints.rows == {}


def test_what_follows_is_asked_for_though_the_try_that_closed_it_went_no_further() -> None:
    world = on_tour()
    stands(world, "long")
    leaving = Decision(
        lead=LEAD,
        id="d",
        kind=DecisionKind.EXIT,
        cause="t",
        at=MONDAY,
        journey="tour",
        data={"reason": "converted", "then": "follow"},
    )
    world.enrolments.close(enrolment(world), "converted", MONDAY + timedelta(seconds=1))
    world.clock.advance(minutes=5)

    for _ in range(2):
        world.carrying_out()(leaving)

    [asked] = world.touchpoints.rows.values()
    assert asked.data["journey"] == "follow"
    assert asked.occurred_at == MONDAY + timedelta(seconds=1)


class UnheardEnrolments(InMemoryEnrolments):
    """The answer to a close is lost, and its repeat finds it done."""

    def close(self, enrolment: Enrolment, reason: str, at: datetime) -> bool:
        super().close(enrolment, reason, at)
        return False


def test_what_follows_is_asked_for_though_the_answer_to_closing_was_lost() -> None:
    world = on_tour()
    stands(world, "long")
    unheard = UnheardEnrolments(writes=world.enrolments.writes)
    unheard.rows = world.enrolments.rows
    world.enrolments = unheard
    leaving = Decision(
        lead=LEAD,
        id="d",
        kind=DecisionKind.EXIT,
        cause="t",
        at=MONDAY,
        journey="tour",
        data={"reason": "converted", "then": "follow"},
    )

    world.carrying_out()(leaving)

    [asked] = world.touchpoints.rows.values()
    assert asked.data["journey"] == "follow"


def test_an_exit_ends_every_passage_of_its_journey() -> None:
    world = on_tour()
    stands(world, "long")
    for name in ("e2", "e3"):
        world.enrolments.rows[LEAD, name] = replace(enrolment(world), id=name, key=name)
    leaving = Decision(
        lead=LEAD,
        id="d",
        kind=DecisionKind.EXIT,
        cause="t",
        at=MONDAY,
        journey="tour",
        data={"reason": "converted"},
    )

    world.carrying_out()(leaving)

    assert {row.status for row in world.enrolments.rows.values()} == {EnrolmentStatus.CLOSED}
    assert set(world.runs.stopped) == {"e-1", "e2-1", "e3-1"}


def test_a_held_out_lead_gets_what_it_asked_for_and_nothing_else() -> None:
    world = on_tour()
    everyone = Share(name="none", below="g", to="reminder")
    split = step("held", Split(shares=(everyone,), holdout="none"))
    for name in ("reminder", "asked"):
        kind = MailKind.REQUESTED if name == "asked" else MailKind.VALUE
        world.playbook.mails[name] = mail(name, kind)
        sends = replace(FOLLOW.steps["reminder"], id=name, action=Send(mail=name), claim=name)
        changed(world, "tour", replace(sends, holdouts=("held",)))
    changed(world, "tour", split)

    for name in ("reminder", "asked"):
        world.messaging()(stands(world, name))

    assert world.mailer.mails() == ["asked"]
    [withheld] = [row for row in world.ledger.rows.values() if row.mail == "reminder"]
    assert (withheld.state, withheld.why) == ("refused", "holdout")


def test_the_tour_is_the_same_for_a_run_that_starts_at_any_step() -> None:
    """Every step can be entered anew where its enrolment stands, and none does its work twice."""
    for name in ("guide", "tell", "crm", "sms", "owner"):
        world = on_tour()
        use_case = who_does(world, name)
        first = use_case(stands(world, name))
        renewed = world.enrolments.rows.get((LEAD, "e"))
        if renewed is None or renewed.status is EnrolmentStatus.CLOSED:
            continue
        world.enrolments.next_generation(renewed, world.clock.now())

        assert use_case(stands(world, name)) == first, name
        assert len(world.mailer.sent) + len(world.texts.sent) + len(world.webhooks.calls) == 1
        assert enrolment(world).due_at is None, name
