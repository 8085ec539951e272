"""A step that waits for an event neither misses one nor takes another's."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey_steps import Pass, WaitFor
from coldframe.domain.touchpoint import EMAIL_CLICKED, MAX_DEPTH, Touchpoint, record
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA, END

LEAD = lead_of(ADA)


@pytest.fixture
def waiting(stage: Stage) -> World:
    """Ada's run waits, under a token, for the case study's click."""
    stage.world.playbook.without_limits()
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=2, minutes=1))
    return stage.world


def enrolment(world: World) -> Enrolment:
    [row] = world.enrolments.rows.values()
    return row


def entered(world: World, token: str, step: str = "case-study") -> StepCommand:
    row = enrolment(world)
    return StepCommand(
        lead=LEAD,
        enrolment=row.id,
        generation=row.generation,
        journey="welcome",
        step=step,
        token=token,
    )


def click(world: World, at: datetime, **data: str) -> Touchpoint:
    told = {"mail": "case-study", "enrolment": enrolment(world).id, "message": "m", **data}
    return record(
        lead=LEAD, kind=EMAIL_CLICKED, source="test", received_at=at, data=told, own_id=str(at)
    )


def reacted(world: World, touchpoint: Touchpoint) -> list[Decision]:
    world.touchpoints.put(touchpoint)
    before = set(world.profiles.decisions)
    world.reacting()(touchpoint)
    decisions = [each for key, each in world.profiles.decisions.items() if key not in before]
    for decision in decisions:
        world.carrying_out()(decision)
    return decisions


def test_the_token_is_stored_with_the_claim_before_ses_is_called(waiting: World) -> None:
    held = enrolment(waiting).waiting

    assert held is not None
    assert held.step == "case-study"
    assert held.since == enrolment(waiting).claims["case-study"].at


def test_the_event_answers_the_token_that_waits(waiting: World) -> None:
    held = enrolment(waiting).waiting
    assert held is not None

    reacted(waiting, click(waiting, waiting.clock.now()))

    assert waiting.waits.answers[held.token].event == EMAIL_CLICKED


def test_an_event_of_the_very_instant_of_the_send_counts(waiting: World) -> None:
    held = enrolment(waiting).waiting
    assert held is not None

    reacted(waiting, click(waiting, held.since))

    assert waiting.waits.answers[held.token].event == EMAIL_CLICKED


def test_an_event_that_came_while_no_token_was_known_is_found_by_the_step(waiting: World) -> None:
    reacted(waiting, click(waiting, waiting.clock.now()))
    waiting.waits.answers.clear()
    sent = list(waiting.mailer.sent)

    waiting.messaging()(entered(waiting, "another token"))

    assert waiting.waits.answers["another token"].event == EMAIL_CLICKED
    assert waiting.mailer.sent == sent


def test_a_step_entered_again_is_answered_under_its_new_token(waiting: World) -> None:
    waiting.messaging()(entered(waiting, "new"))

    reacted(waiting, click(waiting, waiting.clock.now()))

    assert waiting.waits.answers["new"].event == EMAIL_CLICKED


def test_events_from_before_the_send_do_not_count(waiting: World) -> None:
    early = click(waiting, MONDAY + timedelta(days=1))

    reacted(waiting, early)
    waiting.messaging()(entered(waiting, "new"))

    assert waiting.waits.answers == {}


@pytest.mark.parametrize(
    "data", [{"mail": "reminder"}, {"enrolment": "another enrolment"}], ids=["mail", "enrolment"]
)
def test_another_mail_or_enrolment_answers_nothing(waiting: World, data: dict[str, str]) -> None:
    reacted(waiting, click(waiting, waiting.clock.now(), **data))
    waiting.messaging()(entered(waiting, "new"))

    assert waiting.waits.answers == {}


def test_a_wait_at_another_step_is_not_answered(waiting: World) -> None:
    row = enrolment(waiting)
    decision = Decision(
        lead=LEAD,
        id="d",
        kind=DecisionKind.RESOLVE,
        cause="t",
        at=waiting.clock.now(),
        journey="welcome",
        data={"enrolment": row.id, "step": "invitation", "event": "email.clicked"},
    )

    waiting.carrying_out()(decision)

    assert waiting.waits.answers == {}


def test_what_makes_the_lead_leave_answers_no_wait(waiting: World) -> None:
    rules = waiting.playbook.rules
    booked = EventMatch(kind="tasting.booked")
    waiting.playbook.rules = replace(
        rules, waits=(replace(rules.waits[0], when=booked), *rules.waits)
    )
    touchpoint = record(
        lead=LEAD, kind="tasting.booked", source="server", received_at=waiting.clock.now()
    )

    decisions = reacted(waiting, touchpoint)

    assert [each.kind for each in decisions] == [DecisionKind.EXIT]
    assert waiting.waits.answers == {}
    assert enrolment(waiting).reason == "converted"


@pytest.mark.parametrize(("since", "counts"), [("enrolment", True), ("now", False)])
def test_since_says_from_when_events_count(stage: Stage, since: str, counts: bool) -> None:  # noqa: FBT001 - an example's value
    world = stage.world
    stage.post(ADA)
    stage.settle()
    welcome = world.playbook.journeys["welcome"]
    waits = replace(
        welcome.steps["case-study"],
        action=Pass(),
        claim="",
        pause=WaitFor(when=EventMatch(kind="tasting.looked-at"), limit=60, since=since),
    )
    world.playbook.journeys["welcome"] = replace(
        welcome, steps={**welcome.steps, "case-study": waits}
    )
    world.clock.advance(hours=1)
    world.touchpoints.put(
        record(lead=LEAD, kind="tasting.looked-at", source="s", received_at=world.clock.now())
    )
    world.clock.advance(hours=1)

    world.deciding()(entered(world, "token"))

    assert ("token" in world.waits.answers) is counts


def test_then_follows_the_event_and_otherwise_the_silence(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(END)
    silent = stage.world.mailer.mails()

    clicked = Stage(World())
    clicked.post(ADA)
    clicked.advance(MONDAY + timedelta(days=2, hours=5))
    clicked.follow(clicked.world.mailer.sent[-1])
    clicked.advance(END)

    assert silent == ["guide", "case-study", "reminder", "_hand_off"]
    assert clicked.world.mailer.mails() == ["guide", "case-study", "invitation", "_hand_off"]


def test_a_late_event_changes_nothing(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=6))
    case_study = stage.world.mailer.sent[1]

    stage.follow(case_study)
    stage.advance(END)

    assert stage.world.mailer.mails() == ["guide", "case-study", "reminder", "_hand_off"]


def test_what_derives_from_itself_without_end_is_parked(stage: Stage) -> None:
    deep = record(lead=LEAD, kind="tasting.booked", source="s", received_at=MONDAY, depth=MAX_DEPTH)

    assert stage.world.reacting()(replace(deep, depth=MAX_DEPTH - 1)) == ""
    assert stage.world.reacting()(deep) == "TooDeep"
