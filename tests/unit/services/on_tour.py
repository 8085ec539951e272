"""Ada at any step of any journey, without the way there."""

from collections.abc import Callable
from dataclasses import replace

from coldframe.domain.consent import Consent
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.journey import Journey, Step
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.services.steps import StepCommand, StepOutcome
from tests.fakes.clock import MONDAY
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA
from tests.unit.services.tour import touring

LEAD = lead_of(ADA)
UseCase = Callable[[StepCommand], StepOutcome]


def who_does(world: World, name: str) -> UseCase:
    """The use case that the machine's Task of this step of the tour calls."""
    others: dict[str, UseCase] = {
        "guide": world.messaging(),
        "sms": world.messaging(),
        "look": world.messaging(),
        "tell": world.handing_off(),
        "task": world.handing_off(),
        "owner": world.handing_off(),
        "crm": world.calling(),
    }
    return others.get(name) or world.deciding()


def known(world: World, **fields: str) -> None:
    told = {name: Known(value=value, at=MONDAY, by="t") for name, value in fields.items()}
    before = world.profiles.rows.get(LEAD)
    world.profiles.rows[LEAD] = Profile(
        lead=LEAD,
        address=ADA,
        created_at=MONDAY,
        fields={**(before.fields if before else {}), **told},
        consents={"baking": Consent(at=MONDAY, by="t", source="s", text="Yes")},
    )


def stands(world: World, step: str, *, journey: str = "tour") -> StepCommand:
    """She has just come to the step, of a journey that every step is in."""
    held = world.enrolments.rows.get((LEAD, "e"))
    began = held or Enrolment(
        lead=LEAD,
        id="e",
        journey=journey,
        status=EnrolmentStatus.OPEN,
        step="before",
        since=MONDAY,
        generation=1,
        started_at=MONDAY,
        requested_at=MONDAY,
    )
    world.enrolments.rows[LEAD, "e"] = began
    return StepCommand(
        lead=LEAD, enrolment="e", generation=began.generation, journey=journey, step=step
    )


def enrolment(world: World) -> Enrolment:
    return world.enrolments.rows[LEAD, "e"]


def on_tour() -> World:
    world = World()
    touring(world.playbook.without_limits())
    known(world, industry="retail", phone="+41 79 000 00 00")
    return world


def changed(world: World, journey: str, step: Step | None = None, **more: object) -> Journey:
    held = world.playbook.journeys[journey]
    steps = {**held.steps, step.id: step} if step else held.steps
    after = replace(held, steps=steps, **more)  # type: ignore[arg-type]  # a journey's own fields
    world.playbook.journeys[journey] = after
    return after
