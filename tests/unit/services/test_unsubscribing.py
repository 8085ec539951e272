"""Once an opt-out is stored no mail is claimed, wherever the journey stands."""

from datetime import timedelta
from functools import partial

import pytest

from coldframe.domain.errors import InvalidToken
from coldframe.domain.gate import Prohibition
from coldframe.services.unsubscribing import Unsubscribe
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA, END


def claims_after(done: list[str], flag: str) -> list[str]:
    return [each for each in done[done.index(flag) + 1 :] if each.startswith("ledger.claim")]


def forbid_soon(world: World, prohibition: str) -> None:
    soon = world.clock.now() + timedelta(seconds=1)
    world.gates.forbid(lead_of(ADA), Prohibition(prohibition), soon)


def operations_of_a_silent_lead() -> int:
    stage = Stage(World())
    stage.post(ADA)
    stage.advance(END)
    return stage.world.writes.operations


@pytest.mark.parametrize("prohibition", ["unsubscribed", "complained", "bounced", "erased"])
def test_a_prohibition_at_any_moment_lets_no_claim_through_after_it(prohibition: str) -> None:
    for moment in range(operations_of_a_silent_lead()):
        stage = Stage(World())
        world = stage.world
        world.writes.interrupt_at = moment
        world.writes.interruption = partial(forbid_soon, world, prohibition)
        stage.post(ADA)

        stage.advance(END)

        late = claims_after(world.writes.done, f"gates.forbid {prohibition}")
        assert [each for each in late if "hand_off" not in each] == [], moment
        assert [row.status for row in world.enrolments.rows.values()] in ([], ["closed"]), moment


def test_an_opt_out_at_any_moment_ends_the_journey_as_suppressed() -> None:
    for moment in range(operations_of_a_silent_lead() - 12):
        stage = Stage(World())
        world = stage.world
        token = world.links.sign("unsubscribe", lead=lead_of(ADA))
        world.writes.interrupt_at = moment
        world.writes.interruption = partial(
            world.unsubscribing(), Unsubscribe(token=token, posted=True)
        )
        stage.post(ADA)

        stage.advance(END)

        assert [row.reason for row in world.enrolments.rows.values()] in (
            ["suppressed"],
            ["completed"],
        ), moment
        assert stage.machine.stuck == []


def test_looking_at_the_unsubscribe_page_leaves_evidence_and_nothing_else(stage: Stage) -> None:
    world = stage.world
    stage.post(ADA)
    stage.settle()
    tables = world.profiles, world.gates, world.enrolments, world.ledger
    before = [dict(table.rows) for table in tables]
    written = len(world.writes.log)

    stage.unsubscribe(world.mailer.sent[0], posted=False)
    stage.settle()

    assert world.writes.log[written:] == ["touchpoints.append", "observations.save"]
    assert [table.rows for table in tables] == before


def test_the_gate_is_shut_before_anything_else_is_written(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()
    written = len(stage.world.writes.log)

    stage.unsubscribe(stage.world.mailer.sent[0])

    assert stage.world.writes.log[written:] == ["gates.forbid unsubscribed", "touchpoints.append"]


def test_a_link_for_another_purpose_unsubscribes_nobody(world: World) -> None:
    token = world.links.sign("go", lead=lead_of(ADA))

    with pytest.raises(InvalidToken):
        world.unsubscribing()(Unsubscribe(token=token, posted=True))

    assert world.writes.log == []


def test_posting_it_twice_is_unsubscribing_once(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()

    for _ in range(2):
        stage.unsubscribe(stage.world.mailer.sent[0])
    stage.advance(END)

    kinds = [row.kind for row in stage.world.touchpoints.rows.values()]
    assert kinds.count("unsubscribed") == 1
    assert stage.world.mailer.mails() == ["guide"]


def test_who_asks_again_after_opting_out_gets_what_was_asked_for_and_no_more(stage: Stage) -> None:
    world = stage.world
    world.gates.forbid(lead_of(ADA), Prohibition.UNSUBSCRIBED, MONDAY - timedelta(days=9))
    stage.post(ADA)

    stage.advance(END)

    assert world.mailer.mails() == ["guide"]
    assert [row.reason for row in world.enrolments.rows.values()] == ["suppressed"]


def test_opting_out_again_holds_what_was_asked_for_in_between(stage: Stage) -> None:
    world = stage.world
    world.gates.forbid(lead_of(ADA), Prohibition.UNSUBSCRIBED, MONDAY - timedelta(days=9))
    stage.post(ADA)
    world.gates.forbid(lead_of(ADA), Prohibition.UNSUBSCRIBED, MONDAY + timedelta(seconds=1))

    stage.advance(END)

    assert world.mailer.mails() == []
