"""One field of a form: its type and words from fields.yaml, unless the form says them itself."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from coldframe.domain.form import OURS, FormField
from coldframe.domain.form import Option as FormOption
from coldframe.domain.told import NOT_BY_ITSELF
from infra.playbook.declared import DeclaredField, FieldType, Words
from infra.playbook.field_file import options
from infra.playbook.languages import words
from infra.reading.nodes import Keys, Node
from infra.reading.values import matching

CONSENT: Final = "consent"
_TYPES: Final = (*(kind.value for kind in FieldType), CONSENT)
_LONGEST: Final = 2000
_USUAL: Final = 200
_COUNTRY = re.compile(r"[A-Z]{2}")
_OWN_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("min_length", "max_length"),
    "email": ("max_length",),
    "phone": ("country",),
    "choice": ("options", "points"),
    "number": ("min", "max"),
    "date": ("min", "max"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    field: FormField
    words: Mapping[str, Words]
    """Place (`size.label`, `size.option.big`) → what stands there, in all languages."""


def read_field(
    name: str,
    node: Node,
    *,
    declared: DeclaredField | None,
    guess: bool,
    topics: Collection[str] | None,
    locale: str,
) -> Asked | None:
    """``guess``: fields.yaml can't be read, so whatever it may have said is taken for said."""
    if name in OURS:
        node.spot.report(f"{name!r} is a name that every form uses itself; choose another")
        return None
    if name in NOT_BY_ITSELF:
        node.spot.report(
            f"{name!r} can't be asked for: nobody comes to a company by saying so. It is told by an"
            " import or a journey's `set`; else the domain of the lead's address counts"
        )
        return None
    if node.peek("type") == CONSENT:
        return _consent(name, node, topics, locale)
    said = node.peek("type")
    kind = said if said in _TYPES else (declared.type.value if declared and not said else "text")
    keys = node.keys(
        needed=[] if declared or guess else ["type", "label"],
        optional=["type", "label", "required", "aliases", *_own_keys(kind, guess=guess)],
    )
    if keys.read("type", lambda value: value.one_of(_TYPES)) is None and "type" in keys:
        return None
    return _asked(name, kind, keys, declared, locale)


def _own_keys(kind: str, *, guess: bool) -> set[str]:
    of = _OWN_KEYS.values() if guess else [_OWN_KEYS.get(kind, ())]
    return {key for keys in of for key in keys}


def _asked(name: str, kind: str, keys: Keys, declared: DeclaredField | None, locale: str) -> Asked:
    label = keys.read("label", lambda node: words(node, locale=locale)) or (
        declared.label if declared else Words(text=name)
    )
    chosen = keys.read("options", lambda node: options(node, locale=locale)) or (
        declared.options if declared else ()
    )
    if kind == FieldType.CHOICE and not chosen and (spot := keys.spot("type")):
        spot.report("needs `options`, here or in fields.yaml")
    values = {each.value for each in chosen}
    points = (keys.read("points", lambda node: _points(node, values)) if values else None) or {}
    aliases = (declared.aliases if declared else ()) + keys.each("aliases", Node.text)
    field = FormField(
        name=name,
        type=kind,
        label=label.text,
        required=keys.read("required", Node.yes_or_no) or False,
        min_length=keys.read("min_length", _length) or 0,
        max_length=keys.read("max_length", _length) or _USUAL,
        aliases=aliases,
        options=tuple(
            FormOption(value=each.value, label=each.label.text, points=points.get(each.value))
            for each in chosen
        ),
        country=keys.read("country", lambda node: matching(_COUNTRY, "AT", node)),
    )
    told = {f"{name}.option.{each.value}": each.label for each in chosen}
    return Asked(field=_bounded(field, keys), words={f"{name}.label": label, **told})


def _consent(name: str, node: Node, topics: Collection[str] | None, locale: str) -> Asked | None:
    keys = node.keys(needed=["type", "topic", "text"], optional=["required", "label", "aliases"])
    text = keys.read("text", lambda value: words(value, locale=locale)) or Words(text=name)
    label = keys.read("label", lambda value: words(value, locale=locale)) or text
    field = FormField(
        name=name,
        type=CONSENT,
        label=label.text,
        required=keys.read("required", Node.yes_or_no) or False,
        topic=keys.read(
            "topic", lambda value: value.text() if topics is None else value.one_of(topics)
        ),
        text=text.text,
        aliases=keys.each("aliases", Node.text),
    )
    return Asked(field=field, words={f"{name}.label": label, f"{name}.text": text})


def _bounded(field: FormField, keys: Keys) -> FormField:
    """``min`` and ``max`` of a number or a date."""
    if field.type not in {"number", "date"}:
        return field
    read = _day if field.type == "date" else _decimal
    return replace(field, least=keys.read("min", read), most=keys.read("max", read))


def _day(node: Node) -> str | None:
    text = node.text()
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        node.spot.report(f"{text!r} is no date; write e.g. `2026-11-21`")
        return None


def _decimal(node: Node) -> str | None:
    number = _number(node)
    return None if number is None else f"{number:f}"


def _number(node: Node) -> Decimal | None:
    text = node.text()
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        number = Decimal("NaN")
    if number is not None and not number.is_finite():
        node.spot.report(f"{text!r} is no number; write e.g. `12` or `2.5`")
        return None
    return number


def _points(node: Node, values: Collection[str]) -> dict[str, float]:
    """``{small: 1, big: 5}``: every option that is left out gives none."""
    read = {}
    for value, child in node.pairs().items():
        if value not in values:
            child.spot.report(f"there is no option {value!r}")
        elif (number := _number(child)) is not None:
            read[value] = float(number)
    return read


def _length(node: Node) -> int | None:
    number = node.number()
    if number is None or 1 <= number <= _LONGEST:
        return number
    node.spot.report(f"must be between 1 and {_LONGEST}")
    return None
