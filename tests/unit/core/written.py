"""Journeys written step by step."""

from dataclasses import replace
from typing import Any

from coldframe.domain import journey_steps as does
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import Journey, Step
from coldframe.domain.playbook import Exit
from tests.fakes.playbook import BAKERY
from tests.unit.core.asked import DAY

END = Step(id="end", action=does.Leave(reason="completed"))
CALM = replace(BAKERY, caps=(), quiet_hours=None)
ORDERED = EventMatch(kind="order.placed")
LEFT = Exit(journey="any", when=ORDERED, reason="converted", then="after")


def journey(*steps: Step, **more: Any) -> Journey:
    """The steps, one after another where they don't say otherwise, and the end."""
    chain = (*steps, END)
    linked = [
        step
        if step.next or isinstance(step.action, does.Leave | does.Split)
        else replace(step, next=after.id)
        for step, after in zip(chain, (*chain[1:], END), strict=True)
    ]
    return Journey(
        journey="any",
        title="Any",
        first=chain[0].id,
        steps={each.id: each for each in linked},
        **{"topic": "baking", **more},
    )


def sends(name: str, pause: does.Pause | None = None, **more: Any) -> Step:
    return Step(id=name, action=does.Send(mail=name), pause=pause, claim=name, **more)


def waits_for(**more: Any) -> does.WaitFor:
    return does.WaitFor(
        **{"when": ORDERED, "limit": 3 * DAY, "then": "thanks", "otherwise": "reminder", **more}
    )


def asks(wait: does.WaitFor) -> Journey:
    thanks = replace(sends("thanks"), next="end")
    return journey(sends("offer", wait), thanks, sends("reminder"))
