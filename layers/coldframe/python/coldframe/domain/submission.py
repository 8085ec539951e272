"""A form post, checked against the client's compiled form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coldframe.domain.answers import NO, YES, FieldProblem, answered
from coldframe.domain.errors import InvalidAddress, InvalidSubmission
from coldframe.domain.form import Form, FormField
from coldframe.domain.lead import normal_address

LONGEST_PHONE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """``address`` in its normal form; ``fields`` hold what was filled in, the address too."""

    address: str
    fields: Mapping[str, str]
    consents: Mapping[str, str]
    """Topic → the words shown."""


Phones = Callable[[str, str], str | None]
"""A text and the country it is from (AT, or empty) to the number, as +431234567; None: no number.
"""


def no_phones(_text: str, _country: str) -> str | None:
    return None


def read_submission(
    form: Form,
    values: Mapping[str, object],
    *,
    address: Callable[[str], str] = normal_address,
    phone: Phones = no_phones,
    known: bool = False,
) -> Submission:
    """``known``: whose post it is is known already, so it needs no address.

    Take what the form declares, ignore the rest; InvalidSubmission names every bad field.

    Text fields are text; a consent is text (``on``, ``true``, ``yes``, ``1``) or true.
    """
    fields: dict[str, str] = {}
    consents: dict[str, str] = {}
    problems: dict[str, str] = {}
    for each in form.fields:
        try:
            if each.type == "consent":
                consents.update(_consent(each, _given(each, values)))
            elif answer := _answer(each, values, address=address, phone=phone):
                fields[each.name] = answer
        except FieldProblem as problem:
            problems[each.name] = said(problem, form.locale)
        except InvalidAddress as problem:
            problems[each.name] = _in_language(str(problem), form.locale)
    if problems:
        raise InvalidSubmission(problems)
    address_of = "" if known else _address(form, fields)
    return Submission(address=address_of, fields=fields, consents=consents)


def said(problem: FieldProblem, language: str) -> str:
    """Imported here: most posts have nothing wrong with them."""
    from coldframe.domain.wording.saying import say

    return say(problem.key, language, **problem.told)


def _in_language(english: str, language: str) -> str:
    """What exactly an address lacks is said in English only."""
    from coldframe.domain.wording.saying import say, tongue

    return english if tongue(language) == "en" else say("not_address", language)


def _given(field: FormField, values: Mapping[str, object]) -> object:
    """By the field's own name, else by one that the page may have for it."""
    for name in (field.name, *field.aliases):
        if name in values:
            return values[name]
    return None


def _answer(
    field: FormField,
    values: Mapping[str, object],
    *,
    address: Callable[[str], str],
    phone: Phones,
) -> str:
    answer = answered(field, _given(field, values))
    if answer and field.type == "email":
        return address(answer)
    if answer and field.type == "phone":
        return _phone(field, answer, values.get(f"{field.name}_country"), phone)
    return answer


def _phone(field: FormField, text: str, country: object, phone: Phones) -> str:
    """``<name>_country`` may say where the number is from, in two letters."""
    told = country.strip().upper() if isinstance(country, str) else ""
    number = phone(text, told or field.country or "") if len(text) <= LONGEST_PHONE else None
    if number is None:
        raise FieldProblem("not_phone" if told or field.country else "not_phone_abroad")
    return number


def _consent(field: FormField, value: object) -> dict[str, str]:
    answer = str(value).strip().lower() if isinstance(value, str | bool) else value
    if answer in (None, *NO):
        if field.required:
            raise FieldProblem("tick")
        return {}
    if answer not in YES:
        raise FieldProblem("not_ticked")
    return {field.topic: field.text or field.label} if field.topic else {}


def _address(form: Form, fields: Mapping[str, str]) -> str:
    """The first email field's; a form without one can't make a lead."""
    for each in form.fields:
        if each.type == "email" and each.name in fields:
            return fields[each.name]
    raise InvalidSubmission({"email": said(FieldProblem("address"), form.locale)})
