"""forms/<form>.yaml: what a landing page may post."""

from collections.abc import Collection
from typing import Final

from coldframe.domain.form import Form, FormField
from infra.reading.nodes import Node
from infra.reading.problems import did_you_mean
from infra.reading.values import https_url

_TYPES: Final = ("text", "email", "consent")
_LONGEST: Final = 2000


def read_form(
    root: Node, *, form: str, fields: Collection[str] | None, topics: Collection[str] | None
) -> Form:
    keys = root.keys(needed=["title", "fields", "redirect"], optional=["submit"])
    read = keys.read("fields", lambda node: _fields(node, known=fields, topics=topics))
    return Form(
        form=form,
        title=keys.read("title", Node.text) or form,
        fields=read or (),
        redirect=keys.read("redirect", https_url) or "",
        submit=keys.read("submit", Node.text) or "Send",
    )


def _fields(
    node: Node, *, known: Collection[str] | None, topics: Collection[str] | None
) -> tuple[FormField, ...]:
    found = node.pairs()
    read = [_field(name, child, topics) for name, child in found.items()]
    for name, child in found.items():
        if known is None or child.spot.reported():
            continue
        if _is_undeclared(name, read, known):
            hint = did_you_mean(name, known) or "; declare it in fields.yaml"
            child.spot.report(f"is not declared in fields.yaml{hint}")
    if found and not node.spot.reported() and not any(f and _is_address(f) for f in read):
        node.spot.report("needs the lead's address: `email: {type: email, required: true, …}`")
    return tuple(field for field in read if field)


def _is_undeclared(name: str, read: list[FormField | None], known: Collection[str]) -> bool:
    """A consent is no field of the lead's: its topic is declared instead."""
    field = next((field for field in read if field and field.name == name), None)
    return field is not None and field.type != "consent" and name not in known


def _is_address(field: FormField) -> bool:
    return field.name == "email" and field.type == "email" and field.required


def _field(name: str, node: Node, topics: Collection[str] | None) -> FormField | None:
    consent = node.peek("type") == "consent"
    keys = node.keys(
        needed=["type", "topic", "text"] if consent else ["type", "label"],
        optional=["required", *(["label"] if consent else ["max_length"])],
    )
    kind = keys.read("type", lambda value: value.one_of(_TYPES))
    if kind is None:
        return None
    text = keys.read("text", Node.text)
    return FormField(
        name=name,
        type=kind,
        label=keys.read("label", Node.text) or text or name,
        required=keys.read("required", Node.yes_or_no) or False,
        topic=keys.read(
            "topic", lambda value: value.text() if topics is None else value.one_of(topics)
        ),
        text=text,
        max_length=keys.read("max_length", _length) or 200,
    )


def _length(node: Node) -> int | None:
    number = node.number()
    if number is None or 1 <= number <= _LONGEST:
        return number
    node.spot.report(f"must be between 1 and {_LONGEST}")
    return None
