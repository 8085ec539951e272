"""The welcome journey before and after an edit, as a deployment would bring it."""

from collections.abc import Mapping
from dataclasses import replace

from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.journey import MIGRATE, Journey, Step
from coldframe.domain.journey_steps import Arm, Branch, HandOff, Pass, Send, Wait
from tests.fakes.playbook import DAY, WELCOME, InMemoryPlaybook, sends


def version(steps: Mapping[str, Step], name: str, *, edits: str = "pin", **moved: str) -> Journey:
    return replace(WELCOME, steps=steps, version=name, edits=edits, moved=moved)


def deployed(playbook: InMemoryPlaybook, journey: Journey) -> None:
    playbook.journeys = {**playbook.journeys, journey.journey: journey}
    moving = {
        name: each.version for name, each in playbook.journeys.items() if each.edits == MIGRATE
    }
    playbook.rules = replace(playbook.rules, migrating=moving)


def steps(*others: Step, without: tuple[str, ...] = ()) -> dict[str, Step]:
    """The journey's own, with others in their place or besides."""
    held = {name: step for name, step in WELCOME.steps.items() if name not in without}
    return held | {each.id: each for each in others}


def asking(*arms: tuple[str, Condition | None, str]) -> Step:
    return Step(
        id="which",
        action=Branch(arms=tuple(Arm(name=n, when=when, to=to) for n, when, to in arms)),
    )


GUIDE_THEN_ONE_DAY = sends("guide", wait=DAY, then="case-study")
GUIDE_AT_ONCE = Step(id="guide", action=Send(mail="guide"), claim="guide", next="case-study")
GUIDE_THEN_PAUSE = Step(id="guide", action=Send(mail="guide"), claim="guide", next="pause")
PAUSE = Step(id="pause", action=Pass(), pause=Wait(seconds=5 * DAY), next="hand-off")
REST = Step(id="rest", action=Pass(), pause=Wait(seconds=3 * DAY), next="hand-off")
WHO = Step(id="who", action=HandOff(to="owner"), claim="hand_off:who")

_LETTER = sends("letter", wait=DAY, then="reminder")
_BEFORE = steps(sends("guide", wait=2 * DAY, then="pause"), PAUSE)
_AFTER = steps(sends("guide", wait=DAY, then="letter"), _LETTER, REST)
FOLLOWED = version(_BEFORE, "v1", edits=MIGRATE)
FOLLOWED_EDITED = version(_AFTER, "v2", edits=MIGRATE, pause="rest")
PINNED = version(_BEFORE, "v1")
PINNED_EDITED = version(_AFTER, "v2")
