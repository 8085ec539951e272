"""Which of the functions' log lines are news, and how they read."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.local.town import Happening

TOLD: Mapping[str, str] = {
    "lead captured": "the form {form} is filled in",
    "event recorded": "{event} is reported",
    "link followed": "a link is followed",
    "mail received": "a mail comes in: {was}",
    "unsubscribe link": "the unsubscribe page is used",
    "carried out": "{journey}: {kind}",
    "step": "{journey}: step {step}",
    "not accepted": "a request is refused with {status}",
    "parked": "[!] {kind} is parked: {error}",
    "unexpected": "[!] {error} in {function}",
    "refused": "{error}",
}
"""The facts that a person wants to hear of; the rest is for the log alone."""


class _Fields(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def news(line: str, *, client: str, at: datetime) -> Happening | None:
    """None for a line that is no fact of ours, or no news."""
    try:
        fact = json.loads(line)
    except ValueError:
        return None
    told = TOLD.get(str(fact.get("message"))) if isinstance(fact, dict) else None
    if told is None:
        return None
    text = told.format_map(_Fields(fact))
    return Happening(at=at, client=client, text=text, lead=str(fact.get("lead", "")))
