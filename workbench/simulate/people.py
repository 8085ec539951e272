"""Synthetic leads: who each one is, told by the seed and its number alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from coldframe.domain.lead import lead_id
from coldframe.domain.local_time import DAY, at_wall, local_date, zone_of
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint, record
from workbench.simulate.behaviour import CLIENTS_ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.simulate.scene import FieldKind, Scene

KEY: Final = b"synthetic leads"
NAMES: Final = (
    *("ada", "grace", "alan", "edsger", "barbara", "donald", "frances", "john", "katherine"),
    *("dennis", "radia", "ken", "hedy", "tim", "margaret", "niklaus", "sophie", "linus"),
)
DOMAIN: Final = "example.com"
WAKING: Final = (7 * 60, 23 * 60)
"""Local minutes of the day within which leads come in."""
TEXTS: Final = ("", "Linden", "Ahorn", "Birke")
MIDDLE: Final = 0.5
_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    number: int
    address: str
    lead: str
    zone: str
    """Empty: never told, so the client's counts."""
    comes_at: datetime
    fields: Mapping[str, str]
    agrees: Mapping[str, str]
    """Topic → the words of the box that was ticked."""
    scanned: bool
    bounces: bool


def address_of(number: int) -> str:
    return f"{NAMES[number % len(NAMES)]}-{number:05d}@{DOMAIN}"


def number_of(address: str) -> int | None:
    """Which lead it is; None: none of ours."""
    name, _, domain = address.strip().lower().partition("@")
    digits = name.rpartition("-")[2]
    number = int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else -1
    return (
        number
        if domain == DOMAIN and number >= 0 and address_of(number) == f"{name}@{domain}"
        else None
    )


def chance(scene: Scene, number: int) -> Random:
    """The lead's own: nobody else's number of throws changes what it does."""
    return Random(f"{scene.seed}/{number}")  # noqa: S311 - dice, no secret


def person(scene: Scene, number: int, dice: Random) -> Person:
    behaviour = scene.behaviour
    zone = _one_of(behaviour.zones, dice)
    zone = "" if zone == CLIENTS_ZONE else zone
    comes_at = _comes_at(scene, zone, dice)
    agrees = {topic: text for topic, text in _boxes(scene) if dice.random() < behaviour.consent}
    fields = {
        name: value
        for name, kind in sorted(scene.fields.items())
        if (value := _value(scene, name, kind, comes_at, dice))
    }
    if scene.comes_on:
        due = local_date(comes_at, zone_of(zone, otherwise=scene.client.zone))
        fields[scene.comes_on.date] = (due - DAY * scene.comes_on.days).isoformat()
    address = address_of(number)
    return Person(
        number=number,
        address=address,
        lead=lead_id(KEY, address),
        zone=zone,
        comes_at=comes_at,
        fields={**fields, **({"zone": zone} if zone else {})},
        agrees=agrees,
        scanned=dice.random() < behaviour.scanner,
        bounces=dice.random() < behaviour.bounce,
    )


def introduction(scene: Scene, who: Person) -> Touchpoint:
    """The form in which it says who it is."""
    return record(
        lead=who.lead,
        kind=FORM_SUBMITTED,
        source="simulation",
        received_at=who.comes_at,
        data={
            "form": scene.form.form if scene.form else "",
            "address": who.address,
            "fields": dict(who.fields),
            "consents": dict(who.agrees),
        },
        own_id=f"{scene.seed}/{who.number}",
    )


def after(seconds: float, dice: Random) -> timedelta:
    """A delay of which half stay below ``seconds``: whole seconds, and a long tail."""
    return timedelta(seconds=round(-seconds * math.log2(1.0 - dice.random())))


def _comes_at(scene: Scene, zone: str, dice: Random) -> datetime:
    """In the waking hours of its own day."""
    days = scene.behaviour.arrive_over / DAY.total_seconds()
    where = zone_of(zone, otherwise=scene.client.zone)
    minute = scene.comes_on.minute if scene.comes_on else dice.randrange(*WAKING)
    day = local_date(scene.start, where) + DAY * (1 + int(dice.random() * days))
    return at_wall(day, minute, where) + timedelta(seconds=dice.randrange(60))


def _boxes(scene: Scene) -> list[tuple[str, str]]:
    """The topics that the lead is asked about: the form's, else all."""
    fields = scene.form.fields if scene.form else ()
    boxes = [(each.topic, each.text or "") for each in fields if each.topic]
    return boxes or [(topic, "Yes") for topic in scene.client.topics]


def _value(scene: Scene, name: str, kind: FieldKind, comes_at: datetime, dice: Random) -> str:
    if name in scene.behaviour.values:
        return _one_of(scene.behaviour.values[name], dice)
    draws = dice.random()
    if kind.options:
        return kind.options[int(draws * len(kind.options))]
    if kind.type == "number":
        return str(int(draws * 100))
    drawn = {
        "boolean": "true" if draws < MIDDLE else "false",
        "date": (comes_at.date() + timedelta(days=int(draws * 365))).isoformat(),
        "phone": f"+1555{int(draws * 10**7):07d}",
        "text": "" if name == "zone" else TEXTS[int(draws * len(TEXTS))],
    }
    return drawn.get(kind.type, "")


def _one_of(shares: Mapping[str, float], dice: Random) -> str:
    drawn = dice.random()
    for name, part in shares.items():
        if drawn < part:
            return name
        drawn -= part
    return ""
