"""`sets:` in events.yaml: which properties of a trusted event are fields of the lead."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.told import Setting
from infra.playbook.declared import NOT_DECLARED, DeclaredEvent, DeclaredField, Source, type_of
from infra.reading.nodes import Located, Node
from infra.reading.problems import did_you_mean

_AS_TEXT: Final = Type.TEXT
"""Whatever is written can be kept as text."""


def read_sets(node: Node) -> tuple[Located[Setting], ...]:
    return tuple(_setting(name, child) for name, child in node.pairs().items())


def _setting(name: str, node: Node) -> Located[Setting]:
    if node.is_text():
        return Located(Setting(field=name, prop=node.text() or ""), node.spot)
    keys = node.keys(needed=["property"], optional=["overrides"])
    setting = Setting(
        field=name,
        prop=keys.read("property", Node.text) or "",
        overrides=keys.read("overrides", Node.yes_or_no) or False,
    )
    return Located(setting, node.spot)


def check_sets(
    events: Mapping[str, DeclaredEvent] | None, fields: Mapping[str, DeclaredField] | None
) -> None:
    for event in (events or {}).values():
        for each in event.sets:
            for problem in _problems(each.value, event, fields):
                each.spot.report(problem)


def _problems(
    setting: Setting, event: DeclaredEvent, fields: Mapping[str, DeclaredField] | None
) -> Iterator[str]:
    if event.source is Source.PUBLIC:
        yield "anybody could set it: let a server send and sign the event (`source: server`)"
    of = (event.properties or {}).get(setting.prop)
    if of is None and setting.prop:
        hint = did_you_mean(setting.prop, event.properties or {}) or "; declare it in `properties`"
        yield f"{event.kind} has no property {setting.prop!r}{hint}"
    if fields is None:
        return
    own = {name for name in fields if name not in NOT_DECLARED}
    if setting.field not in own:
        hint = did_you_mean(setting.field, own)
        yield f"no field {setting.field!r} is declared in fields.yaml{hint}"
        return
    if fields[setting.field].keep:
        yield f"{setting.field!r} is not kept for ever, and what an event told of it would be"
    if of and type_of(fields[setting.field].type) not in {_AS_TEXT, of}:
        kind = type_of(fields[setting.field].type)
        yield f"{setting.field!r} is {kind}, and {setting.prop!r} is {of}"


def sets_of(
    events: Mapping[str, DeclaredEvent] | None, fields: Mapping[str, DeclaredField] | None
) -> dict[str, tuple[Setting, ...]]:
    """As `react` reads it."""

    def typed(setting: Setting) -> Setting:
        return replace(setting, type=type_of((fields or {})[setting.field].type))

    found = sorted((events or {}).items())
    return {kind: tuple(typed(each.value) for each in one.sets) for kind, one in found if one.sets}
