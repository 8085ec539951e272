"""reactions.json: how leads come into journeys and out of them, and what is known of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coldframe.domain.conditions.nodes import Condition, MemoryRule
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import ReEntry
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.told import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    journey: str
    first: str
    when: EventMatch
    re_enter: ReEntry = field(default_factory=ReEntry)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateEntry:
    """Leads enter ``days`` before (negative) or after their date, at a local time of day."""

    journey: str
    first: str
    date: str
    """The field that holds it."""
    days: int
    minute: int
    re_enter: ReEntry = field(default_factory=ReEntry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    journey: str
    when: EventMatch
    reason: str
    then: str = ""
    """The journey that follows this ending; empty: none."""
    key: str = ""
    """The property of the event that names the one passage that it ends; without it, all end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRule:
    """Some step of ``journey`` waits for ``when``."""

    journey: str
    step: str
    when: EventMatch
    condition: Condition | None = None
    """What must hold of the lead when the event comes."""
    key: str = ""
    """The property of the event that names the one passage that it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retime:
    """Some step of ``journey`` waits for a date that ``field`` names."""

    journey: str
    step: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """reactions.json: what `react` must know, of all journeys."""

    entries: tuple[Entry, ...] = ()
    exits: tuple[Exit, ...] = ()
    waits: tuple[WaitRule, ...] = ()
    dates: tuple[DateEntry, ...] = ()
    retimes: tuple[Retime, ...] = ()
    memory: tuple[MemoryRule, ...] = ()
    """What the profile remembers for all conditions of the playbook."""
    events: tuple[str, ...] = ()
    """Declared in events.yaml, trusted: signed sources only."""
    sets: Mapping[str, tuple[Setting, ...]] = field(default_factory=dict)
    """Event → the fields that it sets."""
    knowing: Knowing = field(default_factory=Knowing)
    needs: tuple[str, ...] = ()
    """The facts on which something in ``knowing`` or ``dates`` rests, and those of companies that
    anything at all asks for."""
    migrating: Mapping[str, str] = field(default_factory=dict)
    """Journey whose leads follow its edits → its version."""
    testers: tuple[str, ...] = ()
    """Addresses, in their normal form, of people who only try things out."""
    referrals: bool = False
    """Whether leads have links of their own, by which others come."""
    keep: Mapping[str, int] = field(default_factory=dict)
    """Field → for how many seconds after it was last said its value is kept."""

    @property
    def version(self) -> str:
        """Of all that leads who are known already are brought up to."""
        journeys = [f"{name}={version}" for name, version in sorted(self.migrating.items())]
        return " ".join(filter(None, (self.knowing.version, *journeys)))

    @property
    def concludes(self) -> bool:
        """Whether anything is concluded of leads at all, beyond what they did."""
        return bool(self.knowing.version or self.keep)
