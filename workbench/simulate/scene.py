"""What a simulation is about: one journey of a compiled client, and how its leads come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from coldframe.domain.advancing.walk import Script
from coldframe.domain.event_match import EventMatch
from coldframe.domain.touchpoint import FORM_SUBMITTED, JOURNEY_REQUESTED, SEGMENT_ENTERED

if TYPE_CHECKING:
    from coldframe.domain.form import Form
    from coldframe.domain.journey import Journey
    from coldframe.domain.playbook import Client, DateEntry, Exit, Mail, Reactions
    from infra.playbook import CompiledClient
    from workbench.simulate.behaviour import Behaviour

START: Final = datetime(2027, 1, 4, tzinfo=UTC)
"""A Monday; any fixed instant, so that the same seed tells the same story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldKind:
    """What values a lead's field can have."""

    type: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Plain data, so that every process can have it."""

    client: Client
    journey: Journey
    mails: Mapping[str, Mail]
    texts: Mapping[str, str]
    """The templates of text messages, as `tasting-table.de.sms`."""
    exits: tuple[Exit, ...]
    reactions: Reactions
    form: Form | None
    """The one through which leads come in, or told us who they are before."""
    comes_by: EventMatch | None
    """None: by hand, or by something that isn't simulated."""
    comes_on: DateEntry | None
    fields: Mapping[str, FieldKind]
    goal: EventMatch | None
    behaviour: Behaviour
    seed: int
    days: int
    start: datetime = START

    @property
    def script(self) -> Script:
        return Script(
            journey=self.journey,
            client=self.client,
            mail=self.mails.__getitem__,
            reactions=self.reactions,
        )

    @property
    def splits(self) -> tuple[str, ...]:
        return tuple(step.id for step in self.journey.steps.values() if step.kind == "split")


def scene_of(
    compiled: CompiledClient, journey: str, behaviour: Behaviour, *, seed: int, days: int
) -> Scene:
    entries = [each for each in compiled.reactions.entries if each.journey == journey]
    dates = [each for each in compiled.reactions.dates if each.journey == journey]
    exits = tuple(each for each in compiled.reactions.exits if each.journey == journey)
    found = compiled.journeys[journey]
    by_event = next((each.when for each in entries if _can_happen(each.when)), None)
    return Scene(
        client=compiled.client,
        journey=found,
        mails=compiled.mails,
        texts={name: words for name, words in compiled.templates.items() if name.endswith(".sms")},
        exits=exits,
        reactions=compiled.reactions,
        form=_form(compiled, by_event),
        comes_by=by_event,
        comes_on=dates[0] if dates and by_event is None else None,
        fields={name: _kind(each) for name, each in compiled.fields.items()},
        goal=found.goal.when if found.goal else next((each.when for each in exits), None),
        behaviour=behaviour,
        seed=seed,
        days=days,
    )


def _can_happen(when: EventMatch) -> bool:
    return when.kind not in (SEGMENT_ENTERED, JOURNEY_REQUESTED)


def _form(compiled: CompiledClient, when: EventMatch | None) -> Form | None:
    name = when.where.get("form", "") if when and when.kind == FORM_SUBMITTED else ""
    return compiled.forms.get(name) or next(iter(compiled.forms.values()), None)


def _kind(declared: object) -> FieldKind:
    options = tuple(each.value for each in getattr(declared, "options", ()))
    return FieldKind(type=str(getattr(declared, "type", "text")), options=options)
