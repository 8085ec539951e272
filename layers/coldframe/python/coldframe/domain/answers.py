"""One field of a form post: what was typed becomes the text that is kept, or a problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coldframe.domain.form import FormField

YES = ("on", "true", "yes", "1")
NO = ("", "off", "false", "no", "0")
BREAKS = str.maketrans("", "", "\t\n\r")
MOST_DIGITS = 15


class FieldProblem(Exception):
    """What is wrong with one field, as a key of the wording and what fills its gaps."""

    def __init__(self, key: str, **told: object) -> None:
        super().__init__(key)
        self.key = key
        self.told = told


def text_in(value: object) -> str:
    """Trimmed, NFC; no control characters and no half of a surrogate pair."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FieldProblem("not_text")
    text = value.strip()
    if not text.isascii():
        text = _storable(text)
    plain = text.translate(BREAKS)
    if plain.isascii() and plain and not plain.isprintable():
        raise FieldProblem("unkeepable")
    return text


def _storable(text: str) -> str:
    import unicodedata

    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in text.translate(BREAKS)):
        raise FieldProblem("unkeepable")
    return unicodedata.normalize("NFC", text)


def answered(field: FormField, value: object) -> str:
    """The answer in the one spelling that is kept; empty when there is none."""
    text = text_in(_as_text(field, value))
    if not text:
        if field.required:
            raise FieldProblem("required")
        return ""
    return _READERS.get(field.type, _plain)(field, text)


def _as_text(field: FormField, value: object) -> object:
    """JSON has numbers, true and false of its own."""
    if field.type == "boolean" and isinstance(value, bool):
        return "true" if value else "false"
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return repr(value) if number and field.type in {"number", "phone"} else value


def _plain(field: FormField, text: str) -> str:
    if len(text) > field.max_length:
        raise FieldProblem("too_long", most=field.max_length)
    if len(text) < field.min_length:
        raise FieldProblem("too_short", least=field.min_length)
    return text


def _choice(field: FormField, text: str) -> str:
    if not any(option.value == text for option in field.options):
        raise FieldProblem("not_choice")
    return text


def _number(field: FormField, text: str) -> str:
    from decimal import Decimal, DecimalException

    try:
        number = Decimal(text) + 0
    except DecimalException:
        raise FieldProblem("not_number") from None
    places = number.as_tuple().exponent
    if not isinstance(places, int) or places < -MOST_DIGITS or number.adjusted() >= MOST_DIGITS:
        raise FieldProblem("not_number")
    if field.least is not None and number < Decimal(field.least):
        raise FieldProblem("too_small", least=field.least)
    if field.most is not None and number > Decimal(field.most):
        raise FieldProblem("too_large", most=field.most)
    plain = f"{number:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def _date(field: FormField, text: str) -> str:
    from datetime import date

    try:
        day = date.fromisoformat(text) if text.isascii() else None
    except ValueError:
        day = None
    if day is None:
        raise FieldProblem("not_date")
    said = day.isoformat()
    if field.least is not None and said < field.least:
        raise FieldProblem("too_early", least=field.least)
    if field.most is not None and said > field.most:
        raise FieldProblem("too_late", most=field.most)
    return said


def _boolean(_field: FormField, text: str) -> str:
    word = text.lower()
    if word not in (*YES, *NO):
        raise FieldProblem("not_ticked")
    return "true" if word in YES else "false"


_READERS: dict[str, Callable[[FormField, str], str]] = {
    "choice": _choice,
    "number": _number,
    "date": _date,
    "boolean": _boolean,
}
