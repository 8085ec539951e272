"""Ada, enrolled, and what a test asks of her one enrolment."""

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.message import Message
from coldframe.services.steps import StepCommand
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA

LEAD = lead_of(ADA)


def enrolment(world: World) -> Enrolment:
    [row] = world.enrolments.rows.values()
    return row


def step(world: World, name: str, token: str | None = None) -> StepCommand:
    row = enrolment(world)
    return StepCommand(
        lead=LEAD,
        enrolment=row.id,
        generation=row.generation,
        journey="welcome",
        step=name,
        token=token,
    )


def message(world: World, mail: str) -> Message:
    [row] = [row for row in world.ledger.rows.values() if row.mail == mail]
    return row
