"""The mapping's file, written: all columns, also those that are left out, to be edited."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from workbench.importing.mapping import SKIP, Column, ConsentColumns, Says, Told
from workbench.importing.mapping import Mapping as Mapped

_PARTS: Final = ("basis", "at", "source", "proof", "text")


def write_mapping(mapping: Mapped, header: Sequence[str], *, about: str) -> str:
    """YAML that says everything, also what was left out."""
    return "\n".join(_lines(mapping, header, about)) + "\n"


def _lines(mapping: Mapped, header: Sequence[str], about: str) -> Iterator[str]:
    shape = mapping.shape
    yield f"# How {about} is read. Edit it and run the import again; columns that say skip are"
    yield "# left out. docs/import-export.md says what else can stand here."
    yield f"encoding: {shape.encoding}"
    if shape.lines_of_json:
        yield "lines_of_json: yes"
    else:
        yield f"separator: {json.dumps(shape.separator)}"
        yield f"header: {'yes' if shape.header else 'no'}"
    yield "# When all of this was true, if not when the file was last changed: what is known from"
    yield "# later stays."
    yield f"# as_of: {mapping.as_of.isoformat()}"
    yield "columns:"
    for name in header:
        yield f"  {json.dumps(name, ensure_ascii=False)}: {_column(mapping.columns.get(name))}"
    yield from _besides(mapping)


def _besides(mapping: Mapped) -> Iterator[str]:
    if mapping.ours:
        yield "defused: yes"
    if mapping.only:
        yield f"only: [{', '.join(map(_says, mapping.only))}]"
    if mapping.unsubscribed:
        yield f"unsubscribed: {_says(mapping.unsubscribed)}"
    if mapping.updated_at:
        yield f"updated_at: {_told(mapping.updated_at)}"
    if mapping.consents:
        yield "consents:"
    for topic, columns in mapping.consents.items():
        yield f"  {topic}:"
        yield from (f"    {line}" for line in _consent(columns))


def _column(column: Column | None) -> str:
    if column is None:
        return SKIP
    more = {
        name: value for name in ("country", "format", "decimal") if (value := getattr(column, name))
    }
    return _flow({"field": column.field, **more}) if more else column.field


def _consent(columns: ConsentColumns) -> Iterator[str]:
    if columns.given:
        yield f"given: {_says(columns.given)}"
    for part in _PARTS:
        told: Told = getattr(columns, part)
        if told.text or told.column:
            yield f"{part}: {_told(told)}"


def _says(says: Says) -> str:
    return _flow({"column": says.column, "when": list(says.when)})


def _told(told: Told) -> str:
    if not told.column:
        return json.dumps(told.text, ensure_ascii=False)
    return _flow({"column": told.column, **({"format": told.format} if told.format else {})})


def _flow(values: Mapping[str, object]) -> str:
    parts = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return f"{{{', '.join(parts)}}}"
