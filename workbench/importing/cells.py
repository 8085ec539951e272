"""One cell becomes a field's value in the one spelling that is kept, or a problem in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from coldframe.adapters.addresses import judged
from coldframe.adapters.phones import e164
from coldframe.domain.answers import FieldProblem, answered, text_in
from coldframe.domain.errors import InvalidAddress
from coldframe.domain.form import FormField
from coldframe.domain.form import Option as FormOption
from coldframe.domain.wording.saying import say
from infra.playbook.declared import DeclaredField, FieldType
from workbench.importing.mapping import SAYING_YES, Column

LONGEST: Final = 2000
LONGEST_PHONE: Final = 60
SAYING_NO: Final = ("no", "n", "false", "f", "0", "off", "nein", "non", "não", "-")
_PARTS: Final = re.compile(r"YYYY|YY|MM|M|DD|D|hh|h|mm|ss")
_STRPTIME: Final[Mapping[str, str]] = {
    "YYYY": "%Y",
    "YY": "%y",
    "MM": "%m",
    "M": "%m",
    "DD": "%d",
    "D": "%d",
    "hh": "%H",
    "h": "%H",
    "mm": "%M",
    "ss": "%S",
}
UNIX: Final = ("unix", "unix_ms")
FORMATS: Final = (
    "YYYY-MM-DD",
    "DD.MM.YYYY",
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "DD-MM-YYYY",
    "YYYY/MM/DD",
)
"""What a column of dates is tried with."""


class BadCell(Exception):
    """What is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One column's: ``declared`` says what the field may hold."""

    declared: DeclaredField
    column: Column

    def __call__(self, text: str) -> str:
        """Empty: there is nothing; BadCell."""
        try:
            plain = text_in(text)
            return self._value(plain) if plain else ""
        except FieldProblem as problem:
            raise BadCell(say(problem.key, "en", **problem.told)) from problem
        except InvalidAddress as problem:
            raise BadCell(str(problem)) from problem

    def _value(self, text: str) -> str:
        match self.declared.type:
            case FieldType.EMAIL:
                return judged(text)
            case FieldType.PHONE:
                return phone(text, self.column.country)
            case FieldType.DATE:
                return day(text, self.column.format).isoformat()
        return answered(self._asked(), self._as_typed(text))

    def _as_typed(self, text: str) -> str:
        """As a form would post it."""
        match self.declared.type:
            case FieldType.CHOICE:
                return self._chosen(text)
            case FieldType.NUMBER:
                return number(text, self.column.decimal)
            case FieldType.BOOLEAN:
                return truth(text)
        return text

    def _asked(self) -> FormField:
        options = tuple(
            FormOption(value=each.value, label=each.label.text) for each in self.declared.options
        )
        return FormField(
            name=self.declared.name,
            type=self.declared.type.value,
            label=self.declared.label.text,
            required=False,
            max_length=LONGEST,
            options=options,
        )

    def _chosen(self, text: str) -> str:
        """By its value or its label, in any language and in whatever letters."""
        wanted = text.casefold()
        for option in self.declared.options:
            labels = (option.value, option.label.text, *option.label.by_language.values())
            if wanted in {each.casefold() for each in labels}:
                return option.value
        known = ", ".join(option.value for option in self.declared.options)
        raise BadCell(f"is none of the choices: {known}")


def phone(text: str, country: str) -> str:
    """A leading 00 dials abroad, and so does a number that is its country's code and more."""
    number = e164(text, country) if len(text) <= LONGEST_PHONE else None
    if number is None:
        hint = "" if country else "; say `country:` for numbers without their country's code"
        raise BadCell(f"is no telephone number{hint}")
    return number


def number(text: str, decimal: str) -> str:
    if not decimal:
        return text
    others = " \u00a0\u202f'" + (".,".replace(decimal, ""))
    return text.translate(str.maketrans("", "", others)).replace(decimal, ".")


def truth(text: str) -> str:
    word = text.casefold()
    if word in SAYING_YES:
        return "true"
    if word in SAYING_NO:
        return "false"
    raise BadCell("says neither yes nor no")


def day(text: str, stated: str) -> date:
    """Spreadsheets add midnight to a day."""
    try:
        if stated in UNIX:
            return instant(text, stated, UTC).date()
        if stated and stated != FORMATS[0]:
            return datetime.strptime(text, pattern(stated)).date()  # noqa: DTZ007 - a day has no zone
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text).date()  # noqa: PLR2004 - YYYY-MM-DD
    except (ValueError, OverflowError) as error:
        raise BadCell(f"is no date like {stated or FORMATS[0]}") from error


def instant(text: str, stated: str, zone: tzinfo) -> datetime:
    """Without a zone of its own it is the client's; a day begins at its midnight."""
    try:
        if stated in UNIX:
            return datetime.fromtimestamp(float(text) / (1000 if stated == UNIX[1] else 1), UTC)
        at = (
            datetime.strptime(text, pattern(stated))  # noqa: DTZ007 - its zone follows
            if stated
            else datetime.fromisoformat(text)
        )
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadCell(f"is no time like {stated or '2026-11-20T09:30'}") from error


def pattern(stated: str) -> str:
    """``DD.MM.YYYY hh:mm`` in Python's own letters."""
    return _PARTS.sub(lambda found: _STRPTIME[found[0]], stated.replace("%", "%%"))


def fitting_formats(texts: list[str]) -> list[str]:
    """Those that every text is a date in."""
    return [each for each in FORMATS if texts and all(_fits(text, each) for text in texts)]


def _fits(text: str, stated: str) -> bool:
    try:
        day(text, stated)
    except BadCell:
        return False
    return True
