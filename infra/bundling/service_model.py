"""A botocore service model cut to some of its operations, and to the shapes that they reach."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

Model = dict[str, Any]


def cut(model: Model, operations: Iterable[str]) -> Model:
    """The same model with nothing but ``operations``; an unknown operation is a KeyError."""
    kept = {name: _bare(model["operations"][name]) for name in operations}
    shapes = _reached(kept.values(), model["shapes"])
    return {
        **{key: value for key, value in model.items() if key not in ("documentation", "examples")},
        "operations": kept,
        "shapes": {name: _bare_shape(model["shapes"][name]) for name in sorted(shapes)},
    }


def merged(model: Model, patch: Model) -> Model:
    """``patch`` laid over ``model``, the way botocore does with what only the SDKs know."""
    laid = {
        key: merged(model[key], value)
        if isinstance(value, dict) and isinstance(model.get(key), dict)
        else value
        for key, value in patch.items()
    }
    return {**model, **laid}


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _reached(operations: Iterable[Model], shapes: Model) -> set[str]:
    reached: set[str] = set()
    ahead = [name for operation in operations for name in _named(operation)]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead.extend(_named(shapes[name]))
    return reached


def _named(value: object) -> Iterator[str]:
    """Every shape that ``value`` refers to; a member may itself be called ``shape``."""
    if isinstance(value, dict):
        if isinstance(shape := value.get("shape"), str):
            yield shape
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _bare(part: Model) -> Model:
    """Without its own documentation, and that of the shapes it refers to."""
    return {
        key: _bare(value)
        if key in ("input", "output", "member", "key", "value") and isinstance(value, dict)
        else value
        for key, value in part.items()
        if key not in ("documentation", "documentationUrl")
    }


def _bare_shape(shape: Model) -> Model:
    bare = _bare(shape)
    if "members" in bare:
        bare["members"] = {name: _bare(member) for name, member in bare["members"].items()}
    return bare
