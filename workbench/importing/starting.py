"""A journey that imported leads are queued for, so many an hour: only those who consent."""

from datetime import timedelta

from coldframe.adapters.enrolments import DynamoEnrolments
from coldframe.services.queueing import Queueing
from infra.playbook.compiled import CompiledClient
from infra.reading.problems import did_you_mean
from workbench.importing.preparing import ReachedClock
from workbench.importing.running import Queue
from workbench.leads.sources import Reached
from workbench.operating.enrolling import way_by_hand


class NotEntered(ValueError):
    """Nobody comes into the journey so; the text says what to do."""


def queue_for(place: Reached, book: CompiledClient, journey: str, an_hour: float) -> Queue:
    """NotEntered, unless the journey lets people in by hand."""
    known = book.journeys
    if journey not in known:
        raise NotEntered(f"no journey {journey!r}{did_you_mean(journey, known)}")
    entry = way_by_hand(book.reactions, journey)
    if entry is None:
        raise NotEntered(f"nobody enters {journey} by hand; add `by_hand` to its `enter`")
    start = Queueing(
        enrolments=DynamoEnrolments(place.deployed.records.table),
        entry=entry,
        journey=known[journey],
        clock=ReachedClock(place),
    )
    return Queue(start=start, an_hour=an_hour, since=place.now() + timedelta(minutes=1))
