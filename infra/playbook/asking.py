"""`ask: guests` in a mail: one question as buttons, for who hasn't answered it yet."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

from coldframe.domain.form import Form, FormField, Option
from coldframe.domain.told import NOT_BY_ITSELF
from coldframe.domain.wording.saying import LANGUAGES, say
from coldframe.services.following import ANSWER
from infra.playbook.declared import DeclaredField, FieldType, Words
from infra.playbook.mail_source import MailSource
from infra.reading.problems import did_you_mean

_ASK: Final = re.compile(r"^ask:[ \t]*(\S*)[ \t]*$", re.MULTILINE)
_MARKS: Final = re.compile(r"([\\`*_\[\]<>#!{}])")
QUESTION: Final = "answer"
"""What the one field of a question's page is called in its post."""


def asked_in(body: str) -> list[tuple[str, int]]:
    """Every field that the mail asks for, with its line (from 0)."""
    return [(each[1], body[: each.start()].count("\n")) for each in _ASK.finditer(body)]


def questions_of(
    fields: Mapping[str, DeclaredField], *, locale: str, client: str
) -> dict[str, Form]:
    """Field → the page that its button opens; none for what has nothing to choose from.

    ``client``: whose page it is, as its title says.
    """
    read = {name: _options(field, locale) for name, field in fields.items()}
    return {
        name: _question(fields[name], choices, locale, client)
        for name, choices in read.items()
        if choices
    }


def check_asked(
    mail: MailSource, original: MailSource, fields: Mapping[str, DeclaredField] | None
) -> None:
    """A field that is declared and has answers; in each language the same ones, in one order."""
    asked = asked_in(mail.body)
    for name, line in asked:
        spot = mail.spot.on_line(mail.body_line + line)
        if mail.format == "mjml":
            spot.report("`ask:` is for mails in Markdown; write buttons of your own here")
        elif name in NOT_BY_ITSELF:
            spot.report(f"ask: {name!r} is nothing that a lead may say of itself")
        elif fields is not None and name not in fields:
            hint = did_you_mean(name, fields)
            spot.report(f"ask: there is no field {name!r} in fields.yaml{hint}")
        elif fields is not None and not _options(fields[name]):
            spot.report(
                f"ask: {name!r} is a {fields[name].type} without answers to choose from; ask for a"
                " choice, a boolean, or a number with `ranges` in fields.yaml"
            )
    names, others = [name for name, _ in asked], [name for name, _ in asked_in(original.body)]
    if names != others:
        told = ", ".join(others) or "nothing"
        mail.spot.report(f"asks for other fields than {original.mail} does ({told}, in this order)")


def with_buttons(body: str, questions: Mapping[str, Form], language: str) -> str:
    """As Markdown: what is asked, and each answer a button; nothing once it is known."""

    def written(found: re.Match[str]) -> str:
        question = questions.get(found[1])
        return "\n\n".join(_lines(question, language)) if question else ""

    return _ASK.sub(written, body)


def _lines(question: Form, language: str) -> Iterator[str]:
    (field,) = question.fields
    plain = language.partition("-")[0]
    said = question.translations.get(language) or question.translations.get(plain, {})
    yield f"{{% if {question.form} is known %}}{{% else %}}"
    yield f"**{_plain(said.get(f'{QUESTION}.label', field.label))}**"
    for option in field.options:
        label = said.get(f"{QUESTION}.option.{option.value}", option.label)
        yield f"[{_plain(label)}](<{ANSWER}{question.form}={quote(option.value, safe='')}>)"
    yield "{% endif %}"


def _plain(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)


def _question(field: DeclaredField, choices: Mapping[str, Words], locale: str, client: str) -> Form:
    places = {
        f"{QUESTION}.label": field.label,
        "submit": _said("save", locale),
        **{f"{QUESTION}.option.{value}": words for value, words in choices.items()},
    }
    others = sorted({tag for words in places.values() for tag in words.by_language} - {locale})
    options = tuple(Option(value=value, label=words.text) for value, words in choices.items())
    return Form(
        form=field.name,
        title=client,
        submit=places["submit"].text,
        locale=locale,
        fields=(
            FormField(
                name=QUESTION, type="choice", label=field.label.text, required=True, options=options
            ),
        ),
        translations={
            tag: {
                place: words.by_language[tag]
                for place, words in places.items()
                if tag in words.by_language
            }
            for tag in others
            if tag in field.label.by_language
        },
    )


def _options(field: DeclaredField, locale: str = "en") -> dict[str, Words]:
    match field.type:
        case FieldType.CHOICE:
            return {option.value: option.label for option in field.options}
        case FieldType.BOOLEAN:
            return {"true": _said("yes", locale), "false": _said("no", locale)}
        case FieldType.NUMBER:
            return dict(_ranges(field.ranges))
    return {}


def _ranges(ends: tuple[int, ...]) -> Iterator[tuple[str, Words]]:
    """Each is kept as the number that it begins with; digits need no translation."""
    for number, first in enumerate(ends):
        last = f"–{ends[number + 1] - 1}" if number + 1 < len(ends) else "+"
        yield str(first), Words(text=f"{first}{last}")


def _said(key: str, locale: str) -> Words:
    return Words(text=say(key, locale), by_language={tag: say(key, tag) for tag in LANGUAGES})
