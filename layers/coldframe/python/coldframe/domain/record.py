"""Everything the table holds about one lead: the read model behind diaries, pages and exports."""

from dataclasses import dataclass

from coldframe.domain.decision import Decision
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.gate import Gate
from coldframe.domain.identity import Identity
from coldframe.domain.message import Message
from coldframe.domain.observation import Observation
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRecord:
    """One partition, read at once; ``profile`` is None until a touchpoint was reacted to."""

    lead: str
    profile: Profile | None
    gate: Gate
    touchpoints: tuple[Touchpoint, ...] = ()
    decisions: tuple[Decision, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    messages: tuple[Message, ...] = ()
    observations: tuple[Observation, ...] = ()
    identities: tuple[Identity, ...] = ()
    """Those that were moved to it; what is their own is told with the person's."""
