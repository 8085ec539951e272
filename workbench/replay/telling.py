"""One side of a change, in words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.message import NOTICES, WEBHOOK
from coldframe.domain.reasons import reason

if TYPE_CHECKING:
    from workbench.replay.outcome import Act, Passage


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def kind_of(act: Act) -> str:
    if act.what.startswith(WEBHOOK):
        return "webhook"
    return "notice" if act.what in NOTICES else "mail"


def name_of(act: Act, key: str) -> str:
    """A mail by its name and round, all else by what was claimed."""
    return key or act.what


def told_of(act: Act) -> str:
    if act.went:
        return f"sent {moment(act.at)}"
    if act.until:
        return f"put off until {moment(act.until)}: {reason(act.why)}"
    return f"withheld {moment(act.at)}: {reason(act.why)}"


def absent(passage: Passage | None) -> str:
    if passage is None:
        return "not sent: not in the journey"
    if passage.ended_at:
        return f"not sent: {ending(passage)}"
    waits = passage.waits
    if waits and waits.until:
        why = f" ({reason(waits.why)})" if waits.why else ""
        return f"not sent yet: waits until {moment(waits.until)}{why}"
    return "not sent"


def ending(passage: Passage) -> str:
    if passage.ended_at is None:
        return "still inside"
    return f"{passage.reason} {moment(passage.ended_at)}"


def listed(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
