"""Answers that a form takes, for curl lines, the smoke test and whoever wants to try it."""

from coldframe.domain.form import Form, FormField

ADDRESS = "you@example.com"


def example_answers(form: Form, *, address: str = ADDRESS, text: str = "You") -> dict[str, str]:
    """One good answer to each field; consents are given."""
    return {field.name: _answer(field, address, text) for field in form.fields}


def _answer(field: FormField, address: str, text: str) -> str:
    bound = field.least or field.most
    given = {
        "email": address,
        "phone": "+43 1 2345678",
        "choice": next((option.value for option in field.options), ""),
        "number": bound or "1",
        "date": bound or "2026-11-21",
        "consent": "on",
        "boolean": "on",
    }
    return given.get(field.type) or text.ljust(field.min_length, ".")[: field.max_length]
