"""What conditions remember of a lead's history: a function of the set of its touchpoints.

Whatever their order, and however often one comes, the memory ends the same, because of each kind of
thing the newest few (or the very first) are kept with their ids.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from coldframe.domain.conditions.nodes import MemoryRule, Scalar
from coldframe.domain.conditions.wildcards import matches
from coldframe.domain.touchpoint import Touchpoint

Seen: TypeAlias = tuple[datetime, str]
Memory: TypeAlias = Mapping[str, tuple[Seen, ...]]
"""A rule's key → the touchpoints kept (instant, id), newest first."""


def memory_key(kind: str, where: Mapping[str, Scalar], *, first: bool = False) -> str:
    """The same thing counted anywhere in a playbook is remembered once."""
    values = f" {json.dumps(where, sort_keys=True)}" if where else ""
    return f"{'first ' if first else ''}{kind}{values}"


def remember(memory: Memory, touchpoint: Touchpoint, rules: Iterable[MemoryRule]) -> Memory:
    """The memory with one touchpoint more; the very same object if nothing changes."""
    learned = {}
    for rule in rules:
        if touchpoint.kind == rule.kind and happened_where(touchpoint.data, rule.where):
            known = memory.get(rule.key, ())
            kept = _kept(known, touchpoint, rule)
            if kept != known:
                learned[rule.key] = kept
    return {**memory, **learned} if learned else memory


def _kept(known: tuple[Seen, ...], touchpoint: Touchpoint, rule: MemoryRule) -> tuple[Seen, ...]:
    at = touchpoint.occurred_at
    instant = at - timedelta(microseconds=at.microsecond % 1000)
    by_id = {own_id: seen_at for seen_at, own_id in known}
    settle = min if rule.first else max
    by_id[touchpoint.id] = settle(instant, by_id.get(touchpoint.id, instant))
    ordered = sorted(((at, own_id) for own_id, at in by_id.items()), reverse=True)
    return tuple(ordered[-rule.keep :] if rule.first else ordered[: rule.keep])


def happened_where(data: Mapping[str, object], where: Mapping[str, Scalar]) -> bool:
    return all(_holds(data.get(name), wanted) for name, wanted in where.items())


def _holds(value: object, wanted: Scalar) -> bool:
    if isinstance(value, list | tuple | set | frozenset):
        return any(_holds(item, wanted) for item in value)
    if isinstance(wanted, str):
        return isinstance(value, str) and matches(value, wanted)
    if isinstance(wanted, bool) or isinstance(value, bool):
        return value is wanted
    try:
        return not isinstance(value, str) and float(value) == wanted  # type: ignore[arg-type]  # what can't be a number is caught
    except (TypeError, ValueError, OverflowError):
        return False


def merged(rules: Iterable[MemoryRule]) -> tuple[MemoryRule, ...]:
    """One rule for each key, keeping as many as the neediest condition asks for."""
    found: dict[str, MemoryRule] = {}
    for rule in rules:
        known = found.setdefault(rule.key, rule)
        found[rule.key] = replace(known, keep=max(known.keep, rule.keep))
    return tuple(found[key] for key in sorted(found))
