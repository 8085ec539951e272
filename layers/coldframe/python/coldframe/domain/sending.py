"""May this mail go to this lead now? The questions, in their one order, in one room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coldframe.domain.gate import Gate, capped_until, prohibition
from coldframe.domain.local_time import quiet_until, zone_of
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Client
from coldframe.domain.profile import Profile

ZONE_FIELD = "zone"
"""The field that tells a lead's own time zone, if the client's forms ask for it."""


class Word(StrEnum):
    GO = "go"
    NOT_YET = "not_yet"
    REFUSED = "refused"
    """Not this mail; the journey goes on."""
    FORBIDDEN = "forbidden"
    """No mail any more; the journey ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    word: Word
    why: str = ""
    until: datetime | None = None


GO = Answer(word=Word.GO)


def may_send(
    kind: MailKind,
    *,
    topic: str | None,
    gate: Gate,
    profile: Profile | None,
    client: Client,
    requested_at: datetime,
    now: datetime,
    already_counted: bool = False,
) -> Answer:
    """Suppressed? Consented? In sales' hands? Capped? Quiet hours? The first objection counts.

    ``already_counted``: the mail's claim is taken, so the caps have had their say.
    """
    if kind is MailKind.NOTICE:
        return GO
    if forbidden := prohibition(gate, kind, requested_at=requested_at):
        return Answer(word=Word.FORBIDDEN, why=forbidden.value)
    if profile is None:
        return Answer(word=Word.REFUSED, why="no_profile")
    if kind is MailKind.REQUESTED:
        return GO
    return _may_nurture(topic, gate, profile, client, now=now, already_counted=already_counted)


def _may_nurture(
    topic: str | None,
    gate: Gate,
    profile: Profile,
    client: Client,
    *,
    now: datetime,
    already_counted: bool,
) -> Answer:
    if topic not in profile.consents:
        return Answer(word=Word.REFUSED, why="no_consent")
    if gate.with_sales_at:
        return Answer(word=Word.REFUSED, why="with_sales")
    return _when(gate, profile, client, now=now, already_counted=already_counted)


def _when(
    gate: Gate, profile: Profile, client: Client, *, now: datetime, already_counted: bool
) -> Answer:
    """A cap that ends in quiet hours ends with them, so that the lead is put off once."""
    if client.quiet_hours is None and not client.caps:
        return GO
    told = profile.fields.get(ZONE_FIELD)
    zone = zone_of(told.value if told else "", otherwise=client.zone)
    capped = None if already_counted else capped_until(gate, client.caps, now=now, zone=zone)
    quiet = quiet_until(capped or now, client.quiet_hours, zone)
    if not capped and not quiet:
        return GO
    why = "capped" if capped else "quiet_hours"
    return Answer(word=Word.NOT_YET, why=why, until=quiet or capped)
