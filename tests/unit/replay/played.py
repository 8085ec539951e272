"""Stories played in the world in memory, and the past that an export makes of them."""

from collections.abc import Callable
from datetime import timedelta

from coldframe.domain.record import LeadRecord
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.stage import Stage
from tests.fakes.world import World
from workbench.replay.book import Book
from workbench.replay.changes import Change, Comparing
from workbench.replay.outcome import as_recorded
from workbench.replay.past import Past, past_of
from workbench.replay.rerun import Rerun, Setting

Story = Callable[[Stage], None]
TOLERANCE = timedelta(minutes=15)


def played(story: Story, world: World | None = None) -> World:
    world = world or World()
    story(Stage(world))
    return world


def book_of(playbook: InMemoryPlaybook) -> Book:
    return Book(
        of=playbook.of,
        rules=playbook.rules,
        journeys=playbook.journeys,
        mails=playbook.mails,
        broadcasts=playbook.broadcasts,
    )


def pasts(world: World) -> list[Past]:
    knowing, at = world.playbook.rules.knowing, world.clock.now()
    return [past_of(record(world, lead), knowing, at=at) for lead in world.profiles.rows]


def record(world: World, lead: str) -> LeadRecord:
    return LeadRecord(
        lead=lead,
        profile=world.profiles.rows[lead],
        gate=world.gates.get(lead),
        touchpoints=tuple(each for (of, _), each in world.touchpoints.rows.items() if of == lead),
        decisions=tuple(each for (of, _), each in world.profiles.decisions.items() if of == lead),
        enrolments=tuple(world.enrolments.of(lead)),
        messages=tuple(world.ledger.of(lead)),
        observations=tuple(each for (of, _), each in world.observations.rows.items() if of == lead),
    )


def changes(past: Past, book: Book, *, tolerance: timedelta = TOLERANCE) -> list[Change]:
    setting = Setting(book=book, pause=None, tolerance=tolerance)
    comparing = Comparing(until=past.at, tolerance=tolerance)
    return comparing.changes(as_recorded(past, book), Rerun(past, setting).run())


def replayed(world: World, book: Book | None = None) -> list[Change]:
    today = book or book_of(world.playbook)
    return [change for past in pasts(world) for change in changes(past, today)]
