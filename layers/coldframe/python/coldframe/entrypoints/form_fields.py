"""The fields of a form post, from each of the three ways to write one."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from coldframe.entrypoints.http import Request, Unreadable, UnsupportedType

MOST_FIELDS = 100
UTF_8 = frozenset({"", "utf-8", "utf8", "us-ascii"})
Fields = Mapping[str, object]


def read_fields(request: Request) -> Fields:
    """UnsupportedType or Unreadable, with a text for the sender."""
    readers: dict[str, Callable[[Request], Fields]] = {
        "application/x-www-form-urlencoded": _urlencoded,
        "multipart/form-data": _multipart,
        "application/json": _json,
    }
    reader = readers.get(request.media_type)
    if reader is None or _parameter(request, "charset").lower() not in UTF_8:
        raise UnsupportedType(f"Post the form as one of {', '.join(readers)}, in UTF-8.")
    try:
        fields = reader(request)
        json.dumps(fields, ensure_ascii=False).encode()
    except (UnicodeError, RecursionError) as error:
        raise Unreadable("The form is not valid UTF-8 text.") from error
    return fields


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Each name once: a form whose fields contradict each other is nobody's answer."""
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise Unreadable(f"The field “{name[:60]}” is there twice.")
        fields[name] = value
    if len(fields) > MOST_FIELDS:
        raise Unreadable(f"The form has more than {MOST_FIELDS} fields.")
    return fields


def _urlencoded(request: Request) -> Fields:
    text = request.body.decode()
    if text.count("&") >= MOST_FIELDS:
        raise Unreadable(f"The form has more than {MOST_FIELDS} fields.")
    return _once(parse_qsl(text, keep_blank_values=True, errors="strict"))


def _multipart(request: Request) -> Fields:
    """Imported here: hardly any landing page posts its form this way."""
    from io import BytesIO

    from multipart import (  # type: ignore[import-untyped]  # it ships no types
        MultipartError,
        MultipartParser,
    )

    boundary = _parameter(request, "boundary")
    if not boundary:
        raise Unreadable("The form names no boundary between its parts.")
    parser = MultipartParser(BytesIO(request.body), boundary, part_limit=MOST_FIELDS, strict=True)
    try:
        parts = parser.parts()
    except MultipartError as error:
        raise Unreadable("The form's parts can't be told apart.") from error
    if any(part.filename is not None for part in parts):
        raise Unreadable("The form holds a file; send text fields only.")
    return _once((part.name, part.raw.decode()) for part in parts)


def _json(request: Request) -> Fields:
    try:
        fields = json.loads(
            request.body.decode(), object_pairs_hook=_once, parse_constant=_no_number
        )
    except UnicodeError:
        raise
    except ValueError as error:
        raise Unreadable("The body is not JSON.") from error
    if not isinstance(fields, dict):
        raise Unreadable("The body is not a JSON object.")
    return fields


def _no_number(name: str) -> None:
    raise Unreadable(f"{name} is not JSON.")


def _parameter(request: Request, name: str) -> str:
    """A parameter of the content type, as ``charset=utf-8``."""
    _, *parameters = request.headers.get("content-type", "").split(";")
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == name:
            return value.strip().strip('"')
    return ""
