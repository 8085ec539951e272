"""Lines of JSON as records: what lies deeper is a column with dots, as `Attributes.Plan`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.importing.records import LONGEST, Record

MOST_COLUMNS: Final = 300
DEEPEST: Final = 6


def columns(path: Path, encoding: str) -> tuple[str, ...]:
    """All that any line has, in the order in which they come up."""
    found: dict[str, None] = {}
    for _, told in _objects(path, encoding):
        if isinstance(told, Mapping) and len(found) < MOST_COLUMNS:
            found |= dict.fromkeys(flat(told))
    return tuple(found)[:MOST_COLUMNS]


def json_records(path: Path, encoding: str, header: Sequence[str]) -> Iterator[Record]:
    for line, told in _objects(path, encoding):
        if isinstance(told, str):
            yield Record(line=line, problem=told)
        else:
            values = flat(told)
            yield Record(line=line, cells=tuple(values.get(name, "") for name in header))


def flat(told: Mapping[str, Any], *, within: str = "", depth: int = 0) -> dict[str, str]:
    """Lists of values are one text, their parts with commas between; deeper ones are left out."""
    found: dict[str, str] = {}
    for key, value in told.items():
        name = f"{within}{key}"
        if isinstance(value, Mapping):
            found |= flat(value, within=f"{name}.", depth=depth + 1) if depth < DEEPEST else {}
        elif isinstance(value, list):
            found[name] = ", ".join(_text(each) for each in value if not _is_deep(each))
        else:
            found[name] = _text(value)
    return found


def _is_deep(value: object) -> bool:
    return isinstance(value, list | Mapping)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _objects(path: Path, encoding: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    with path.open(encoding=encoding, errors="surrogateescape") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _object(line)


def _object(line: str) -> Mapping[str, Any] | str:
    if len(line) > LONGEST:
        return f"is longer than {LONGEST:,} characters"
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return "is no line of JSON"
    return told if isinstance(told, Mapping) else "is no object of JSON, like {…}"
