"""The preference page: looking changes nothing; what is posted holds from the next mail on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from coldframe.domain.address_change import is_settling
from coldframe.domain.gate import Prohibition, departure
from coldframe.domain.instants import milliseconds, text_of
from coldframe.domain.known_facts import lead_zone
from coldframe.domain.languages import FIELD as LANGUAGE
from coldframe.domain.local_time import midnight
from coldframe.domain.preferences import Preferences
from coldframe.domain.touchpoint import (
    DATA_REQUESTED,
    PREFERENCES_CHANGED,
    UNSUBSCRIBED,
    Touchpoint,
    record,
)
from coldframe.services.preference_standing import Looking, Standing

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Gates, LinkClaims, Links, Touchpoints


PREFERENCES = "preferences"
"""The link's purpose; it never expires."""
SOURCE = "preferences"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the page's form says, whole.

    Topics that the client doesn't have, and languages that it doesn't write in, are passed over.
    """

    topics: frozenset[str]
    """Those that are wanted."""
    paused_until: date | None = None
    """The day on which mails may come again, by the lead's own calendar."""
    a_week: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferring:
    gates: Gates
    touchpoints: Touchpoints
    links: Links
    clock: Clock
    looking: Looking

    def look(self, token: str) -> Standing:
        """InvalidToken for a link that isn't ours."""
        return self.looking(self.links.read(PREFERENCES, token))

    def choose(self, token: str, choice: Choice) -> Standing:
        """The gate first: the next mail is asked by the new choice, whatever becomes of the rest.

        The same choice again writes nothing, but finishes what a crash left undone.
        """
        link = self.links.read(PREFERENCES, token)
        before = self.looking(link)
        wanted = choice.topics & before.client.topics.keys()
        language = choice.language if choice.language in before.client.languages else ""
        choice = replace(choice, topics=wanted, language=language)
        chosen = self._chosen(before, choice)
        on = sorted(wanted - before.wanted)
        new = chosen != before.preferences
        if new:
            self.gates.prefer(link.lead, chosen)
        if on and before.unsubscribed:
            self.gates.lift(link.lead, Prohibition.UNSUBSCRIBED, chosen.at)
        if new or on or _untold(before, chosen, choice):
            self.touchpoints.append(self._changed(link, before, chosen, on, choice))
        gate = self.gates.get(link.lead)
        return replace(before, gate=gate, chosen=frozenset(wanted))

    def leave(self, token: str) -> Standing:
        """As the unsubscribe link does it."""
        link = self.links.read(PREFERENCES, token)
        now = self.clock.now()
        self.gates.forbid(link.lead, Prohibition.UNSUBSCRIBED, now)
        left = record(
            lead=link.lead,
            kind=UNSUBSCRIBED,
            source=SOURCE,
            received_at=now,
            data={"message": link.message},
            own_id=departure(self.gates.get(link.lead), link.message),
        )
        self.touchpoints.append(left)
        return self.looking(link)

    def ask_for_data(self, token: str) -> bool:
        """A mail to the address itself brings the links: who holds this one may be somebody else.

        Once a day: the link is good for that long. False: the address was changed too lately.
        """
        link, now = self.links.read(PREFERENCES, token), self.clock.now()
        profile = self.looking.profiles.get(link.lead)
        if profile is not None and is_settling(profile, now):
            return False
        self.touchpoints.append(
            record(
                lead=link.lead,
                kind=DATA_REQUESTED,
                source=SOURCE,
                received_at=now,
                own_id=f"{now:%Y-%m-%d}",
            )
        )
        return True

    def _chosen(self, before: Standing, choice: Choice) -> Preferences:
        """As it stands when nothing changes; a topic never agreed to needs no switching off."""
        stands = before.preferences or Preferences(at=NEVER)
        off = (set(stands.off) | before.wanted) - choice.topics
        chosen = replace(
            stands,
            off=tuple(sorted(off & before.client.topics.keys())),
            paused_until=_begin(choice.paused_until, before),
            a_week=choice.a_week,
        )
        comes_back = bool(choice.topics - before.wanted)
        if before.preferences and chosen == stands and not comes_back:
            return stands
        return replace(chosen, at=milliseconds(self.clock.now()))

    def _changed(
        self,
        link: LinkClaims,
        before: Standing,
        chosen: Preferences,
        on: list[str],
        choice: Choice,
    ) -> Touchpoint:
        """Named after the choice's instant, so that a choice posted twice is told once."""
        return record(
            lead=link.lead,
            kind=PREFERENCES_CHANGED,
            source=SOURCE,
            received_at=self.clock.now(),
            occurred_at=chosen.at,
            data={
                "message": link.message,
                "off": list(chosen.off),
                "on": {topic: before.client.topics[topic] for topic in on},
                "fields": {LANGUAGE: choice.language} if choice.language else {},
                "paused_until": text_of(chosen.paused_until) if chosen.paused_until else "",
                "a_week": chosen.a_week or 0,
            },
            own_id=" ".join([text_of(chosen.at), *on, choice.language]),
        )


def _begin(day: date | None, before: Standing) -> datetime | None:
    if day is None or before.profile is None:
        return None
    return midnight(day, lead_zone(before.profile, before.client))


def _untold(before: Standing, chosen: Preferences, choice: Choice) -> bool:
    """The profile doesn't know yet what the gate does."""
    if choice.language not in {"", before.language}:
        return True
    agreed = before.profile.consents if before.profile else {}
    return any(topic in agreed and agreed[topic].at <= chosen.at for topic in chosen.off)
