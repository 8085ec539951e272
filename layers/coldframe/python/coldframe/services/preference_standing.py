"""What the preference page shows of a lead: its choices as they stand, and why it got the mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from coldframe.domain.because import WhyThisMail, why_this_mail
from coldframe.domain.errors import UnknownForm
from coldframe.domain.gate import Gate
from coldframe.domain.languages import FIELD as LANGUAGE
from coldframe.domain.playbook import Client
from coldframe.domain.preferences import Preferences
from coldframe.domain.profile import Profile

if TYPE_CHECKING:
    from coldframe.services.ports import (
        Enrolments,
        Gates,
        Ledger,
        LinkClaims,
        Playbook,
        Profiles,
        Touchpoints,
    )

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    gate: Gate
    profile: Profile | None
    client: Client
    why: WhyThisMail | None = None
    chosen: frozenset[str] | None = None
    """Topics that were just chosen; the profile hears of them in a moment."""

    @property
    def preferences(self) -> Preferences | None:
        return self.gate.preferences

    @property
    def language(self) -> str:
        told = self.profile.fields.get(LANGUAGE) if self.profile else None
        return told.value if told else self.client.locale

    @property
    def unsubscribed(self) -> bool:
        return self.gate.unsubscribed_at is not None

    @property
    def wanted(self) -> frozenset[str]:
        """Topics of which mails may go."""
        if self.chosen is not None:
            return self.chosen
        if self.profile is None or self.unsubscribed or self.gate.complained_at:
            return frozenset()
        chosen = self.preferences
        return frozenset(
            topic
            for topic, given in self.profile.consents.items()
            if chosen is None or chosen.wants(topic, since=given.at)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    gates: Gates
    profiles: Profiles
    ledger: Ledger
    enrolments: Enrolments
    touchpoints: Touchpoints
    playbook: Playbook

    def __call__(self, link: LinkClaims) -> Standing:
        profile = self.profiles.get(link.lead)
        return Standing(
            gate=self.gates.get(link.lead),
            profile=profile,
            client=self.playbook.client(),
            why=self._why(link, profile),
        )

    def _why(self, link: LinkClaims, profile: Profile | None) -> WhyThisMail | None:
        message = self.ledger.message(link.lead, link.message) if link.message else None
        if message is None:
            return None
        enrolment = self.enrolments.get(link.lead, message.enrolment)
        cause = None
        if enrolment and enrolment.cause:
            cause = self.touchpoints.get(link.lead, enrolment.cause)
        journey = _held(self.playbook.journey, message.journey)
        form = str(cause.data.get("form", "")) if cause else ""
        filled_in = _held(self.playbook.form, form)
        return why_this_mail(
            sent_at=message.sent_at,
            mail=_held(self.playbook.mail, message.mail),
            cause=cause,
            form=filled_in.title if filled_in else form,
            journey=journey.title if journey else "",
            profile=profile,
            client=self.playbook.client(),
        )


def _held(ask: Callable[[str], T], name: str) -> T | None:
    """None for what the playbook no longer holds."""
    try:
        return ask(name) if name else None
    except (KeyError, UnknownForm):
        return None
