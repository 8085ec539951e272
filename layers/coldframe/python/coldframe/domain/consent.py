"""What a lead agreed to and took back: a function of the set of its touchpoints."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from coldframe.domain.touchpoint import (
    CONSENT_CONFIRMED,
    EMAIL_COMPLAINED,
    FORM_SUBMITTED,
    LEAD_IMPORTED,
    PREFERENCES_CHANGED,
    UNSUBSCRIBED,
    Touchpoint,
)

EVERYTHING = "*"
"""The topic of who unsubscribes or complains."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
CONFIRM = "confirm"
"""A form post that says so asks for its consents only: a mail asks back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Recorded permission for one topic: the words shown, when, where, and what proves it."""

    at: datetime
    by: str
    source: str
    text: str
    confirmed: bool = False
    """From a link in a mail to the address itself, so that nobody else can have given it."""
    proof: str = ""
    """What stands for that link: the message it came in. An imported one: what its file names."""
    basis: str = ""
    """The lawful basis that an import states; empty: the lead's consent, given to ourselves."""

    @property
    def strength(self) -> tuple[bool, datetime, str]:
        return self.confirmed, self.at, self.by


Consents = Mapping[str, Consent]
Withdrawn = Mapping[str, datetime]
"""Topic (or everything) → when it was last taken back."""


def agreed(consents: Consents, withdrawn: Withdrawn, touchpoint: Touchpoint) -> dict[str, Consent]:
    """The consents that stand, with this touchpoint's; ``withdrawn`` has its withdrawals already.

    Once a topic was taken back, only a confirmed consent that is later brings it back: anyone can
    type somebody's address into a form.
    """
    found = dict(consents)
    for topic, given in _given(touchpoint):
        stands = found.get(topic)
        if stands is None or given.strength > stands.strength:
            found[topic] = given
    return {topic: given for topic, given in found.items() if _stands(topic, given, withdrawn)}


def standing_of(parts: Iterable[Consents], withdrawn: Withdrawn) -> dict[str, Consent]:
    """Of several leads that are one person: for each topic the strongest, if it stands."""
    found: dict[str, Consent] = {}
    for topic, given in (each for part in parts for each in part.items()):
        held = found.get(topic)
        if held is None or given.strength > held.strength:
            found[topic] = given
    return {topic: given for topic, given in found.items() if _stands(topic, given, withdrawn)}


def taken_back(withdrawn: Withdrawn, touchpoint: Touchpoint) -> dict[str, datetime]:
    at = touchpoint.occurred_at
    latest = dict(withdrawn)
    for topic in _ended(touchpoint):
        latest[topic] = max(latest.get(topic, at), at)
    return latest


def unconfirmed(consents: Consents, withdrawn: Withdrawn, touchpoint: Touchpoint) -> dict[str, str]:
    """Topics that this form post asks for, with the words shown, and that must be confirmed.

    Not those that were taken back after the post: that is the lead's last word.
    """
    if touchpoint.kind != FORM_SUBMITTED:
        return {}
    asked: Mapping[str, str] = touchpoint.data.get("consents") or {}
    return {
        topic: text
        for topic, text in asked.items()
        if (topic not in consents or (_asks_back(touchpoint) and not consents[topic].confirmed))
        and touchpoint.occurred_at > _ended_at(topic, withdrawn)
    }


def _asks_back(touchpoint: Touchpoint) -> bool:
    return bool(touchpoint.data.get(CONFIRM))


def _stands(topic: str, given: Consent, withdrawn: Withdrawn) -> bool:
    ended = _ended_at(topic, withdrawn)
    return ended == NEVER or (given.confirmed and given.at > ended)


def _ended_at(topic: str, withdrawn: Withdrawn) -> datetime:
    return max(withdrawn.get(topic, NEVER), withdrawn.get(EVERYTHING, NEVER))


def _given(touchpoint: Touchpoint) -> Iterator[tuple[str, Consent]]:
    if touchpoint.kind == LEAD_IMPORTED:
        yield from _imported(touchpoint)
        return
    told: Mapping[str, str] = {}
    confirmed = touchpoint.kind != FORM_SUBMITTED
    if touchpoint.kind in (FORM_SUBMITTED, CONSENT_CONFIRMED) and not _asks_back(touchpoint):
        told = touchpoint.data.get("consents") or {}
    elif touchpoint.kind == PREFERENCES_CHANGED:
        told = touchpoint.data.get("on") or {}
    for topic, text in told.items():
        yield (
            topic,
            Consent(
                at=touchpoint.occurred_at,
                by=touchpoint.id,
                source=touchpoint.source,
                text=text,
                confirmed=confirmed,
                proof=str(touchpoint.data.get("message", "")) if confirmed else "",
            ),
        )


def _imported(touchpoint: Touchpoint) -> Iterator[tuple[str, Consent]]:
    """Given elsewhere, at another time than the file's; never as good as a confirmed one."""
    told = touchpoint.data
    for topic, text in (told.get("consents") or {}).items():
        at = datetime.fromisoformat(told["consented_at"][topic])
        yield (
            topic,
            Consent(
                at=min(at, touchpoint.occurred_at),
                by=touchpoint.id,
                source=_part(told, "consent_sources", topic),
                text=text,
                proof=_part(told, "proofs", topic),
                basis=_part(told, "bases", topic),
            ),
        )


def _part(told: Mapping[str, Any], name: str, topic: str) -> str:
    """Pseudonyms leave one text in the place of all."""
    held = told.get(name)
    return str(held.get(topic, "")) if isinstance(held, Mapping) else str(held or "")


def _ended(touchpoint: Touchpoint) -> tuple[str, ...]:
    if touchpoint.kind in (UNSUBSCRIBED, EMAIL_COMPLAINED):
        return (EVERYTHING,)
    if touchpoint.kind == LEAD_IMPORTED:
        return (EVERYTHING,) if touchpoint.data.get("unsubscribed") else ()
    if touchpoint.kind == PREFERENCES_CHANGED:
        return tuple(touchpoint.data.get("off") or ())
    return ()
