"""A form, compiled: what a landing page may post. Apart from the playbook's rest, for speed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    name: str
    type: str
    """text | email | consent"""
    label: str
    required: bool
    topic: str | None = None
    """consent only: what the lead says yes to."""
    text: str | None = None
    """consent only: the words shown, kept as proof."""
    max_length: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """forms/<form>.json"""

    form: str
    title: str
    fields: tuple[FormField, ...]
    redirect: str
    """Absolute https URL of the thank-you page."""
    submit: str = "Send"
