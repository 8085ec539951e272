"""Ways that part: decided once, by what is known, with what the journey itself told just before."""

from dataclasses import replace

import pytest

from coldframe.domain.errors import Left
from coldframe.domain.journey_steps import Branch, Leave
from tests.fakes.world import World
from tests.unit.services.on_tour import LEAD, changed, enrolment, known, on_tour, stands, who_does
from tests.unit.services.tour import TOUR, step


@pytest.fixture
def world() -> World:
    return on_tour()


def test_the_arm_that_holds_is_taken_and_why_is_kept(world: World) -> None:
    assert world.deciding()(stands(world, "which")).to == "tell"

    assert enrolment(world).arms == {"which": "retail"}
    assert "retail" in enrolment(world).because["which"].text


def test_entered_again_the_recorded_arm_is_taken_whatever_the_lead_is_now(world: World) -> None:
    world.deciding()(stands(world, "which"))
    known(world, industry="food")

    assert world.deciding()(stands(world, "which")).to == "tell"


def test_the_others_go_where_the_others_go(world: World) -> None:
    known(world, industry="food")

    assert world.deciding()(stands(world, "which")).to == "end"


def test_with_no_arm_for_them_they_go_on(world: World) -> None:
    known(world, industry="food")
    branch = TOUR.steps["which"].action
    assert isinstance(branch, Branch)
    only = replace(TOUR.steps["which"], action=Branch(arms=branch.arms[:1]), next="sms")
    changed(world, "tour", only)

    assert world.deciding()(stands(world, "which")).to == "sms"


def test_what_was_set_just_before_is_known_before_anybody_reacted_to_it(world: World) -> None:
    known(world, industry="food")
    world.clock.advance(minutes=1)

    world.deciding()(stands(world, "set"))
    world.clock.advance(milliseconds=20)

    assert world.profiles.rows[LEAD].fields["industry"].value == "food"
    assert world.deciding()(stands(world, "which")).to == "tell"


def test_an_arm_that_the_journey_no_longer_has_is_decided_anew(world: World) -> None:
    held = stands(world, "which")
    world.enrolments.rows[LEAD, "e"] = replace(enrolment(world), arms={"which": "gone"})

    assert world.deciding()(held).to == "tell"


def test_a_step_that_leaves_ends_it_with_its_reason_and_asks_for_what_follows(
    world: World,
) -> None:
    changed(world, "tour", step("out", Leave(reason="lost")), at_end={"lost": "follow"})

    world.deciding()(stands(world, "out"))

    assert (enrolment(world).status, enrolment(world).reason) == ("closed", "lost")
    [asked] = world.touchpoints.rows.values()
    assert (asked.kind, asked.data["journey"]) == ("journey.requested", "follow")


@pytest.mark.parametrize("then", ["nothing", ""])
def test_nothing_follows_where_nothing_is_to(world: World, then: str) -> None:
    changed(world, "tour", step("out", Leave(reason="lost")), at_end={"lost": then})

    world.deciding()(stands(world, "out"))

    assert world.touchpoints.rows == {}


@pytest.mark.parametrize("name", ["guide", "score", "which", "tell", "crm", "sms", "long"])
def test_in_a_stopped_journey_nothing_happens_any_more(world: World, name: str) -> None:
    changed(world, "tour", status="stopped")

    with pytest.raises(Left):
        who_does(world, name)(stands(world, name))

    assert (enrolment(world).status, enrolment(world).reason) == ("closed", "stopped")
    assert (world.mailer.sent, world.texts.sent, world.webhooks.calls) == ([], [], [])
