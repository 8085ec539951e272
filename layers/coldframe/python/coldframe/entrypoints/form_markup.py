"""A form's fields as HTML that needs no script: for our page, and for the client's own."""

from collections.abc import Mapping
from html import escape
from typing import Final

from coldframe.domain.form import TRAP, Form, FormField
from coldframe.domain.languages import direction
from coldframe.domain.wording.saying import say

AUTOCOMPLETE: Final = {
    "first_name": "given-name",
    "last_name": "family-name",
    "name": "name",
    "company": "organization",
    "job_title": "organization-title",
    "country": "country-name",
    "city": "address-level2",
    "postal_code": "postal-code",
}
"""What a browser can fill in by itself."""
_KINDS: Final = {"email": "email", "phone": "tel", "number": "text", "date": "date"}
_MARKS: Final = {
    "email": ' autocomplete="email" dir="ltr" autocapitalize="off" spellcheck="false"',
    "phone": ' autocomplete="tel" dir="ltr"',
    "number": ' inputmode="decimal" dir="ltr"',
}
ONE_LINE: Final = 200
FEW: Final = 6
"""So many options or fewer are all seen at once."""


def fields_markup(
    form: Form,
    *,
    values: Mapping[str, object] | None = None,
    problems: Mapping[str, str] | None = None,
    trap: str = ' class="aside"',
) -> str:
    """All fields, the trap last; what was typed is put back as text.

    ``trap``: what puts the trap out of sight, a class or a style.
    """
    held, wrong = values or {}, problems or {}
    shown = [
        _field(field, _held(field, held), wrong.get(field.name, ""), form.locale)
        for field in form.fields
    ]
    return "\n".join([*shown, _trap(form.locale, trap)])


def _trap(language: str, out_of_sight: str) -> str:
    """For nobody's eye, tab key or screen reader; a program fills it in all the same."""
    label = escape(say("leave_empty", language))
    return (
        f'<div{out_of_sight} aria-hidden="true"><label>{label}'
        f'<input name="{TRAP}" value="" tabindex="-1" autocomplete="off"></label></div>'
    )


def _held(field: FormField, values: Mapping[str, object]) -> str:
    value = next((values[name] for name in (field.name, *field.aliases) if name in values), "")
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value) if isinstance(value, str | int | float) else ""


def _field(field: FormField, value: str, problem: str, language: str) -> str:
    name = escape(field.name)
    marks = ' aria-invalid="true"' if problem else ""
    if problem:
        marks += f' aria-describedby="problem-{name}"'
    told = f'<p class="problem" id="problem-{name}">{escape(problem)}</p>' if problem else ""
    if field.type in {"consent", "boolean"}:
        return f"<div>{_tick(field, value, marks)}{told}</div>"
    if field.type == "choice" and len(field.options) <= FEW:
        return f"<div>{_radios(field, value, marks, language)}{told}</div>"
    label = f'<label for="field-{name}">{escape(field.label)}{_optional(field, language)}</label>'
    return f"<div>{label}{_box(field, value, marks, language)}{told}</div>"


def _optional(field: FormField, language: str) -> str:
    return "" if field.required else f" <small>{escape(say('optional', language))}</small>"


def _required(field: FormField) -> str:
    return " required" if field.required else ""


def _tick(field: FormField, value: str, marks: str) -> str:
    checked = " checked" if value and value.lower() not in {"off", "false", "no", "0"} else ""
    text = escape((field.text if field.type == "consent" else None) or field.label)
    box = (
        f'<input type="checkbox" name="{escape(field.name)}" value="yes"{checked}{marks}'
        f"{_required(field)}>"
    )
    return f'<label class="tick">{box} <span>{text}</span></label>'


def _radios(field: FormField, value: str, marks: str, language: str) -> str:
    name = escape(field.name)
    options = "".join(
        f'<label class="tick"><input type="radio" name="{name}" value="{escape(option.value)}"'
        f"{' checked' if option.value == value else ''}{_required(field)}>"
        f" <span>{escape(option.label)}</span></label>"
        for option in field.options
    )
    legend = f"<legend>{escape(field.label)}{_optional(field, language)}</legend>"
    return f"<fieldset{marks}>{legend}{options}</fieldset>"


def _box(field: FormField, value: str, marks: str, language: str) -> str:
    name = escape(field.name)
    named, rest = f'id="field-{name}" name="{name}"', f"{marks}{_required(field)}"
    if field.type == "choice":
        return f"<select {named}{rest}>{_options(field, value, language)}</select>"
    if field.type == "text" and field.max_length > ONE_LINE:
        return (
            f'<textarea {named}{rest} rows="4" dir="auto" maxlength="{field.max_length}">'
            f"\n{escape(value)}</textarea>"
        )
    kind = _KINDS.get(field.type, "text")
    return f'<input type="{kind}" {named} value="{escape(value)}"{rest}{_limits(field)}>'


def _options(field: FormField, value: str, language: str) -> str:
    first = f'<option value="">{escape(say("choose", language))}</option>'
    return first + "".join(
        f'<option value="{escape(option.value)}"'
        f"{' selected' if option.value == value else ''}>{escape(option.label)}</option>"
        for option in field.options
    )


def _limits(field: FormField) -> str:
    if field.type == "date":
        ends = (("min", field.least), ("max", field.most))
        return "".join(f' {end}="{escape(day)}"' for end, day in ends if day)
    if field.type != "text":
        return f'{_MARKS[field.type]} maxlength="{field.max_length}"'
    least = f' minlength="{field.min_length}"' if field.min_length else ""
    known = AUTOCOMPLETE.get(field.name)
    filled = f' autocomplete="{known}"' if known else ""
    return f'{filled} dir="auto"{least} maxlength="{field.max_length}"'


HIDDEN: Final = (
    ' style="position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden"'
)


def plain_form(form: Form, url: str) -> str:
    """For the client's own page: posts without a script, and says which language it is in."""
    return (
        f'<form method="post" action="{escape(url)}" lang="{escape(form.locale)}"'
        f' dir="{direction(form.locale)}">\n'
        f"{fields_markup(form, trap=HIDDEN)}\n"
        f'<button type="submit">{escape(form.submit)}</button>\n</form>'
    )
