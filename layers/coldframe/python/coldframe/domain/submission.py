"""A form post, checked against the client's compiled form."""

from collections.abc import Mapping
from dataclasses import dataclass

from coldframe.domain.errors import InvalidAddress, InvalidSubmission
from coldframe.domain.form import Form, FormField
from coldframe.domain.lead import normal_address

YES = ("on", "true", "yes", "1")
NO = ("", "off", "false", "no", "0")
BREAKS = str.maketrans("", "", "\t\n\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """``address`` in its normal form; ``fields`` hold what was filled in, the address too."""

    address: str
    fields: Mapping[str, str]
    consents: Mapping[str, str]
    """Topic → the words shown."""


class _Problem(Exception):
    """What to do about one field."""


def read_submission(form: Form, values: Mapping[str, object]) -> Submission:
    """Take what the form declares, ignore the rest; InvalidSubmission names every bad field.

    Text fields are text; a consent is text (``on``, ``true``, ``yes``, ``1``) or true.
    """
    fields: dict[str, str] = {}
    consents: dict[str, str] = {}
    problems: dict[str, str] = {}
    for each in form.fields:
        try:
            if each.type == "consent":
                consents.update(_consent(each, values.get(each.name)))
            elif filled := _filled(each, values.get(each.name)):
                fields[each.name] = filled
        except (_Problem, InvalidAddress) as problem:
            problems[each.name] = str(problem)
    if problems:
        raise InvalidSubmission(problems)
    return Submission(address=_address(form, fields), fields=fields, consents=consents)


def _filled(field: FormField, value: object) -> str:
    text = _text(value)
    if not text:
        if field.required:
            raise _Problem("Please fill this in.")
        return ""
    if field.type == "email":
        return normal_address(text)
    if len(text) > field.max_length:
        raise _Problem(f"Please use at most {field.max_length} characters.")
    return text


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Problem("This has to be text.")
    text = value.strip()
    if not text.isascii():
        text = _storable(text)
    plain = text.translate(BREAKS)
    if plain.isascii() and not plain.isprintable():
        raise _Problem("There is a character in it that can't be kept.")
    return text


def _storable(text: str) -> str:
    """NFC; no control characters and no half of a surrogate pair."""
    import unicodedata

    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in text.translate(BREAKS)):
        raise _Problem("There is a character in it that can't be kept.")
    return unicodedata.normalize("NFC", text)


def _consent(field: FormField, value: object) -> dict[str, str]:
    answer = str(value).strip().lower() if isinstance(value, str | bool) else value
    if answer in (None, *NO):
        if field.required:
            raise _Problem("Please tick this to go on.")
        return {}
    if answer not in YES:
        raise _Problem("This is either ticked or not.")
    return {field.topic: field.text or field.label} if field.topic else {}


def _address(form: Form, fields: Mapping[str, str]) -> str:
    """The first email field's; a form without one can't make a lead."""
    for each in form.fields:
        if each.type == "email" and each.name in fields:
            return fields[each.name]
    raise InvalidSubmission({"email": "Please enter your email address."})
