"""A replay's report, for people and for tools; the same bytes for the same history."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from coldframe.domain.instants import text_of

SAID: Final = {"time": "time of", "known": "at the end,", "told": "step"}

if TYPE_CHECKING:
    from workbench.replay.changes import Change
    from workbench.replay.past import Header, Replaced
    from workbench.replay.running import Changed, Replayed


def report(header: Header, found: Replayed) -> str:
    head = (
        f"{header.client} ({header.environment}): {_many(found.leads, 'lead')} up to"
        f" {header.at:%Y-%m-%d %H:%M} UTC, through the playbook of today"
    )
    lines = [head, "", *_changed(found)]
    return "\n".join(map(printable, lines)) + "\n"


def as_data(header: Header, found: Replayed) -> dict[str, Any]:
    return {
        "client": header.client,
        "environment": header.environment,
        "at": text_of(header.at),
        "leads": found.leads,
        "leads_changed": len(found.changed),
        "changes": sum(found.counts.values()),
        "by_kind": found.counts,
        "changed": [
            {
                "lead": each.lead,
                "address": each.address,
                "changes": [_data(change) for change in each.changes],
            }
            for each in found.changed
        ],
    }


def exported(replaced: Replaced) -> Iterator[str]:
    """What an export says of what it replaced."""
    if not replaced.addresses:
        yield "it holds personal data as they are: keep it as you keep the leads themselves"
        return
    yield f"replaced: addresses{_listed(replaced.fields)}{_listed(replaced.properties)}"
    if replaced.kept:
        yield (f"kept, because the playbook's conditions ask for them: {', '.join(replaced.kept)}")


def printable(text: str) -> str:
    """Without what would steer a terminal."""
    return "".join("�" if unicodedata.category(each) in {"Cc", "Cf"} else each for each in text)


def _changed(found: Replayed) -> Iterator[str]:
    if not found.changed:
        yield "Every decision is the same."
        return
    for each in found.changed:
        yield from _lead(each)
        yield ""
    counts = ", ".join(f"{kind} {number:,}" for kind, number in found.counts.items())
    total = sum(found.counts.values())
    yield (
        f"{_many(total, 'decision')} of {_many(len(found.changed), 'lead')} would be another:"
        f" {counts}"
    )


def _lead(changed: Changed) -> Iterator[str]:
    yield f"{changed.address or '?'} ({changed.lead})"
    for change in changed.changes:
        about = (change.journey, SAID.get(change.kind, change.kind), change.what)
        yield f"  {' '.join(filter(None, about))}: {change.was} → {change.now}"
        if change.because:
            yield f"      {change.because}"


def _data(change: Change) -> dict[str, str]:
    told = {
        "kind": change.kind,
        "at": text_of(change.at),
        "journey": change.journey,
        "what": change.what,
        "was": change.was,
        "now": change.now,
        "because": change.because,
    }
    return {name: value for name, value in told.items() if value}


def _listed(names: tuple[str, ...]) -> str:
    return f", {', '.join(names)}" if names else ""


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
