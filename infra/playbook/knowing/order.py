"""In which order things are concluded: who asks for another comes after it."""

from collections.abc import Mapping
from typing import Final

from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.knowing.rules import since_when

_ORDER: Final = ("stage", "status", "tier", "lifecycle", "persona")
"""What is concluded may ask for what comes before it."""


def in_order(conditions: Mapping[str, Condition]) -> tuple[list[str], list[list[str]]]:
    """The names, each after those it asks for, and every circle that was found."""
    done: list[str] = []
    circles: list[list[str]] = []

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            circles.append([*path[path.index(name) :], name])
            return
        if name in done:
            return
        for other in conditions[name].segments:
            if other in conditions:
                visit(other, [*path, name])
        done.append(name)

    for name in conditions:
        visit(name, [])
    return done, circles


def too_early(condition: Condition, before: str) -> str:
    if not before:
        return ""
    ahead = _ORDER[_ORDER.index(before) :]
    later = [
        each for name in ahead for each in (name, since_when(name)) if each in condition.fields
    ]
    if later:
        return f"`{later[0]}` can't be asked for here: it is concluded only after this"
    if condition.segments:
        return "a segment can't be asked for here: segments are concluded last"
    return ""
