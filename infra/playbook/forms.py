"""forms/<form>.yaml: what a landing page may post."""

import json
from collections.abc import Collection, Mapping
from typing import Final

from coldframe.domain.conditions.stored import condition_to_json
from coldframe.domain.form import Form, FormField
from infra.playbook.declared import DeclaredField, FieldType, Words
from infra.playbook.form_fields import Asked, read_field
from infra.playbook.form_files import read_gives
from infra.playbook.form_result import result_of
from infra.playbook.languages import words
from infra.reading.nodes import Keys, Node
from infra.reading.problems import Spot, did_you_mean
from infra.reading.values import https_url

_KEYS: Final = ["submit", "redirect", "thanks", "result", "confirm", "ask", "gives"]
_MOST_AT_ONCE: Final = 5
_MOST: Final = 60
"""Fields; a post has at most a hundred, ours and the page's own included."""


def read_form(
    name: str,
    root: Node,
    *,
    fields: Mapping[str, DeclaredField] | None,
    topics: Collection[str] | None,
    locale: str = "en",
    files: Collection[str] = (),
) -> Form:
    keys = root.keys(needed=["title", "fields"], optional=_KEYS)
    _demand_an_end(root, keys)
    asked = keys.read("fields", lambda node: _fields(node, fields, topics, locale)) or ()
    texts = {
        "title": _words(keys, "title", locale) or Words(text=name),
        "submit": _words(keys, "submit", locale) or Words(text="Send"),
        "thanks": _words(keys, "thanks", locale) or Words(text=""),
    }
    result = keys.read("result", lambda node: result_of(node, asked)) if fields else None
    return Form(
        form=name,
        title=texts["title"].text,
        fields=tuple(each.field for each in asked),
        redirect=keys.read("redirect", https_url) or "",
        submit=texts["submit"].text,
        thanks=texts["thanks"].text,
        locale=locale,
        confirm=keys.read("confirm", Node.yes_or_no),
        ask=keys.read("ask", _few) or 0,
        gives=keys.read("gives", lambda node: read_gives(node, files)) or {},
        translations=_translations(texts, asked, locale),
        result=json.loads(json.dumps(condition_to_json(result))) if result else None,
    )


def _few(node: Node) -> int | None:
    asked = node.number()
    if asked is not None and not 1 <= asked <= _MOST_AT_ONCE:
        node.spot.report(f"asks for {asked} at once; write a number from 1 to {_MOST_AT_ONCE}")
        return None
    return asked


def _demand_an_end(root: Node, keys: Keys) -> None:
    if "redirect" not in keys and "thanks" not in keys and not root.spot.reported():
        root.spot.report("needs `redirect`, the thank-you page, or `thanks`, the words of ours")


def _words(keys: Keys, name: str, locale: str) -> Words | None:
    return keys.read(name, lambda node: words(node, locale=locale))


def _fields(
    node: Node,
    known: Mapping[str, DeclaredField] | None,
    topics: Collection[str] | None,
    locale: str,
) -> tuple[Asked, ...]:
    found = node.pairs()
    read = [
        read_field(
            name,
            child,
            declared=None if known is None else known.get(name),
            guess=known is None,
            topics=topics,
            locale=locale,
        )
        for name, child in found.items()
    ]
    asked = [each for each in read if each]
    if known is not None:
        for name, child in found.items():
            _check_declared(name, child.spot, asked, known)
    if len(found) > _MOST:
        node.spot.report(f"asks {len(found)} things; nobody answers more than {_MOST}")
    if found and not node.spot.reported() and not any(_is_address(each.field) for each in asked):
        node.spot.report("needs the lead's address: `email: {type: email, required: true, …}`")
    return tuple(asked)


def _check_declared(
    name: str, spot: Spot, asked: list[Asked], known: Mapping[str, DeclaredField]
) -> None:
    """A consent is no field of the lead's: its topic is declared instead."""
    each = next((each for each in asked if each.field.name == name), None)
    if spot.reported() or each is None or each.field.type == "consent":
        return
    if name not in known:
        hint = did_you_mean(name, known) or "; declare it in fields.yaml"
        spot.report(f"is not declared in fields.yaml{hint}")
    elif each.field.type != known[name].type and not _is_plain(each.field, known[name]):
        spot.report(f"is a {each.field.type} here, but a {known[name].type} in fields.yaml")


def _is_plain(field: FormField, declared: DeclaredField) -> bool:
    """An address may be asked for as what it is, though it is kept as text."""
    return field.type == "email" and declared.type is FieldType.TEXT


def _is_address(field: FormField) -> bool:
    return field.name == "email" and field.type == "email" and field.required


def _translations(
    texts: Mapping[str, Words], asked: tuple[Asked, ...], locale: str
) -> dict[str, dict[str, str]]:
    """The form is offered in the languages of its title."""
    places = {**texts, **{place: said for each in asked for place, said in each.words.items()}}
    others = [tag for tag in texts["title"].by_language if tag != locale]
    return {
        language: {
            place: said.by_language[language]
            for place, said in places.items()
            if language in said.by_language
        }
        for language in others
    }
