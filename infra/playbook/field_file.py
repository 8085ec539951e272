"""fields.yaml: what a lead may tell of itself, on forms, in imports and in conditions."""

import re
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Final

from infra.playbook.conditions.built_in import TAKEN
from infra.playbook.conditions.catalogue import name_problem
from infra.playbook.declared import (
    ASKED_FOR,
    BUILT_IN_FIELDS,
    DeclaredField,
    FieldType,
    Option,
    Words,
)
from infra.playbook.languages import words
from infra.reading.nodes import Keys, Node
from infra.reading.problems import did_you_mean
from infra.reading.values import FIELD

_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_PERIOD = re.compile(r"(\d{1,5}) ?([a-z]+)")
_LONGEST_ALIAS: Final = 100
_LONGEST_OPTION: Final = 200
_FEWEST: Final = 2


def read_fields(root: Node, *, locale: str = "en") -> dict[str, DeclaredField]:
    """Field → what was declared of it; what is built in comes first."""
    found = root.pairs()
    for name, node in found.items():
        if problem := _name_problem(name):
            node.spot.report(problem)
    read = {name: _field(name, node, locale) for name, node in found.items()}
    _check_aliases(read, found)
    return {**BUILT_IN_FIELDS, **read}


def _name_problem(name: str) -> str:
    if name in BUILT_IN_FIELDS:
        return "is built in; leave it out"
    if not FIELD.fullmatch(name):
        return f"{name!r} is no name for a field; write it like `first_name`"
    return name_problem(name, taken=TAKEN - ASKED_FOR)


def _field(name: str, node: Node, locale: str) -> DeclaredField:
    if node.is_text():
        about = node.text() or name
        return DeclaredField(name=name, about=about, label=Words(text=_label(name)))
    choice = node.peek("type") == FieldType.CHOICE
    keys = node.keys(
        needed=["type", *(["options"] if choice else [])],
        optional=["label", "about", "personal", "keep", "aliases", "ranges"],
    )
    if (spot := keys.spot("ranges")) and node.peek("type") != FieldType.NUMBER:
        spot.report("ranges are for numbers; a choice has `options`")
    label = keys.read("label", lambda value: words(value, locale=locale))
    personal = keys.read("personal", Node.yes_or_no)
    return DeclaredField(
        name=name,
        about=keys.read("about", Node.text) or (label.text if label else _label(name)),
        type=FieldType(keys.read("type", _type) or FieldType.TEXT),
        label=label or Words(text=_label(name)),
        options=keys.read("options", lambda value: options(value, locale=locale)) or (),
        ranges=keys.read("ranges", _ranges) or (),
        personal=personal is not False,
        keep=keys.read("keep", period),
        aliases=_aliases(keys),
    )


def _ranges(node: Node) -> tuple[int, ...] | None:
    """Where each begins, in rising order: `[1, 21, 51]` is 1 to 20, 21 to 50, 51 and more."""
    read = [each.number() for each in node.items()]
    ends = [end for end in read if end is not None]
    if len(ends) != len(read):
        return None
    if len(ends) < _FEWEST or any(two <= one for one, two in pairwise(ends)):
        node.spot.report("must be two or more whole numbers, each larger than the one before")
    return tuple(ends)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _type(node: Node) -> str | None:
    return node.one_of([kind.value for kind in FieldType])


def options(node: Node, *, locale: str) -> tuple[Option, ...]:
    """A list of values, or a map from each value to its label."""
    if node.is_text():
        node.spot.report("is text, but must be a list, or a map from each value to its label")
        return ()
    if node.is_list():
        values = [(text, each) for each in node.items() if (text := each.text())]
        read = [_option(value, each, Words(text=value)) for value, each in values]
    else:
        found = node.pairs().items()
        read = [_option(name, each, words(each, locale=locale)) for name, each in found]
    chosen = [option for option in read if option]
    for value in {option.value for option in chosen}:
        if sum(option.value == value for option in chosen) > 1:
            node.spot.report(f"{value!r} stands here twice; keep one of them")
    if not chosen and not node.spot.reported():
        node.spot.report("is empty; there must be something to choose from")
    return tuple(chosen)


def _option(value: str, node: Node, label: Words | None) -> Option | None:
    if len(value) > _LONGEST_OPTION:
        node.spot.report(f"is longer than {_LONGEST_OPTION} characters")
        return None
    return Option(value=value, label=label) if label else None


def period(node: Node) -> timedelta | None:
    """``2 years``, ``18 months``, ``90 days``; a year is 365 days and a month 30."""
    text = node.text()
    if text is None:
        return None
    found = _PERIOD.fullmatch(text)
    days = _DAYS.get(found[2].removesuffix("s")) if found else None
    if found and days is None:
        units = [f"{unit}s" for unit in _DAYS]
        node.spot.report(f"there is no unit {found[2]!r}{did_you_mean(found[2], units)}")
    elif not found or int(found[1]) == 0:
        node.spot.report(f"{text!r} is no time to keep something; write e.g. `2 years`")
    return timedelta(days=int(found[1]) * days) if found and days and int(found[1]) else None


def _aliases(keys: Keys) -> tuple[str, ...]:
    found = keys.each("aliases", Node.text)
    for alias in found:
        if len(alias) > _LONGEST_ALIAS and (spot := keys.spot("aliases")):
            spot.report(f"an alias has at most {_LONGEST_ALIAS} characters")
    return found


def _check_aliases(read: Mapping[str, DeclaredField], nodes: Mapping[str, Node]) -> None:
    """A name on a page means one field."""
    taken = dict.fromkeys([*BUILT_IN_FIELDS, *read], "")
    for name, declared in read.items():
        for alias in declared.aliases:
            if alias in taken:
                owner = taken[alias] or alias
                nodes[name].spot.report(f"the alias {alias!r} is a name of {owner!r} already")
            taken.setdefault(alias, name)
