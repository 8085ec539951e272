"""A form, compiled: what a landing page may post. Apart from the playbook's rest, for speed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

NONCE = "submission"
"""Names one filling-in of a form, so that it counts once however often it is posted."""
SHOWN = "shown"
"""Says, signed, when the form was shown."""
TRAP = "contact_me_by_fax"
"""A field that nobody sees; programs fill it in."""
CONFIRMED = "confirmed_email"
"""The address that was asked back about, when it is meant as it stands."""
VISIT = "coldframe_visit"
"""What the script of the client's page tells of the visit, as JSON."""
ASKED = "asked"
"""Says, signed, whom the form is shown to, and which fields that lead hasn't told yet."""
REFERRED = "coldframe_ref"
"""The token of the link by which somebody sent the visitor."""
OURS = (REFERRED, NONCE, SHOWN, TRAP, CONFIRMED, VISIT, ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str
    points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    name: str
    type: str
    """text | email | phone | choice | number | date | boolean | consent"""
    label: str
    required: bool
    topic: str | None = None
    """consent only: what the lead says yes to."""
    text: str | None = None
    """consent only: the words shown, kept as proof."""
    min_length: int = 0
    max_length: int = 200
    aliases: tuple[str, ...] = ()
    """What existing pages call it."""
    options: tuple[Option, ...] = ()
    """choice only"""
    least: str | None = None
    """number, date: the smallest that is taken."""
    most: str | None = None
    country: str | None = None
    """phone: where a number without its country code is from, as AT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """forms/<form>.json"""

    form: str
    title: str
    fields: tuple[FormField, ...]
    redirect: str = ""
    """Absolute https URL of the client's thank-you page; empty: ours."""
    submit: str = "Send"
    thanks: str = ""
    """What our own thank-you page says."""
    locale: str = "en"
    """The language of all texts here."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language → place (`title`, `first_name.label`, `size.option.big`) → the text there."""
    sites: tuple[str, ...] = ()
    """Origins of the client's pages, as https://www.example.com."""
    confirm: bool | None = None
    """Its consents count only once they are confirmed by mail; None: nobody decided, so no."""
    at_once_in: tuple[str, ...] = ()
    """Countries, by their two letters, where a consent counts at once all the same."""
    result: Mapping[str, Any] | None = None
    """A condition, as stored: what the answers come to."""
    gives: Mapping[str, int] = field(default_factory=dict)
    """Files that it opens → for how many seconds their links are good; 0: for ever."""
    ask: int = 0
    """Who is known is asked for so many of the fields it hasn't told; 0: for all."""

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.locale, *self.translations)


def asks_back(form: Form, country: str) -> bool:
    """``country``: the lead's own, as it says; empty: unknown, so the client's rule holds."""
    return bool(form.confirm) and country.strip().upper() not in form.at_once_in


def spoken(form: Form, language: str) -> Form:
    """The form with its texts in one of its languages."""
    words = form.translations.get(language)
    if words is None:
        return form
    return replace(
        form,
        locale=language,
        title=words.get("title", form.title),
        submit=words.get("submit", form.submit),
        thanks=words.get("thanks", form.thanks),
        fields=tuple(_spoken(each, words) for each in form.fields),
    )


def _spoken(each: FormField, words: Mapping[str, str]) -> FormField:
    return replace(
        each,
        label=words.get(f"{each.name}.label", each.label),
        text=words.get(f"{each.name}.text", each.text) if each.text else None,
        options=tuple(
            replace(option, label=words.get(f"{each.name}.option.{option.value}", option.label))
            for option in each.options
        ),
    )
