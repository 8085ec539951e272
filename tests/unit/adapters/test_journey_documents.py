"""A compiled journey is read back from JSON as it was written."""

import json
from dataclasses import asdict, replace

import pytest

from coldframe.adapters.journey_documents import journey_of
from coldframe.adapters.playbook_documents import reactions_of
from coldframe.domain.journey import Goal, Journey, ReEntry, Window
from coldframe.domain.journey_steps import LocalTime, Pass, SetFields, Wait, WaitFor
from coldframe.domain.playbook import WaitRule
from tests.fakes.playbook import WELCOME
from tests.unit.services.tour import FOLLOW, LOOKED, RENEWAL, RETAIL, TOUR, TOURING, journey, step

FULL = replace(
    journey(
        "full",
        step("set", SetFields(values={"shop": RETAIL, "seats": 4, "open": True}), then="pause"),
        step(
            "pause",
            Pass(),
            pause=Wait(computed=RETAIL, until=LocalTime(minute=600, weekdays=(1, 3))),
            then="look",
        ),
        step("look", Pass(), pause=WaitFor(when=LOOKED, limit=60, condition=RETAIL, since="now")),
    ),
    send_window=Window(start=540, end=1020, weekdays=(0, 1, 2, 3, 4)),
    goal=Goal(when=LOOKED, within=3600, target=0.2),
    re_enter=ReEntry(mode="after", after=60, key="order_id"),
    at_end={"converted": "follow"},
)


@pytest.mark.parametrize(
    "written", [TOUR, FOLLOW, RENEWAL, WELCOME, FULL], ids=lambda each: each.journey
)
def test_a_journey_is_read_as_it_was_written(written: Journey) -> None:
    assert journey_of(json.loads(json.dumps(asdict(written)))) == written


def test_rules_with_conditions_and_re_entry_are_read_as_they_were_written() -> None:
    wait = WaitRule(journey="tour", step="look", when=LOOKED, condition=RETAIL)
    again = replace(TOURING.entries[0], re_enter=ReEntry(mode="always", concurrent=True))
    rules = replace(TOURING, waits=(wait,), entries=(again,))

    read = reactions_of(json.loads(json.dumps(asdict(rules), default=list)))

    assert (read.waits, read.entries, read.exits) == (rules.waits, rules.entries, rules.exits)
