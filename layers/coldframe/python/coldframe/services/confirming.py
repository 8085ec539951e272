"""A consent is confirmed by posting a link of a mail to the address itself, never by looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coldframe.domain.asked_for import CONFIRM_MAIL
from coldframe.domain.consent import unconfirmed
from coldframe.domain.enrolment import recipient_id
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.languages import spoken_with
from coldframe.domain.playbook import Client
from coldframe.domain.touchpoint import CONSENT_CONFIRMED, FORM_SUBMITTED, Touchpoint, record

if TYPE_CHECKING:
    from coldframe.services.ports import (
        Clock,
        Gates,
        Ledger,
        LinkClaims,
        Links,
        Playbook,
        Profiles,
        Touchpoints,
    )


CONFIRM = "confirm"
"""The link's purpose."""
ON_ITS_WAY = timedelta(days=30)
"""Between the post and the mail that asks back, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a link asks to be confirmed; nothing once that is done, or was taken back since."""

    client: Client
    language: str
    topics: Mapping[str, str]
    """Topic → the words that the form showed."""
    post: Touchpoint | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirming:
    gates: Gates
    profiles: Profiles
    ledger: Ledger
    touchpoints: Touchpoints
    links: Links
    playbook: Playbook
    clock: Clock

    def look(self, token: str) -> Asked:
        """InvalidToken for a link that isn't ours."""
        return self._asked(self.links.read(CONFIRM, token))

    def confirm(self, token: str) -> Asked:
        """An unsubscribe before the post is lifted by this; one after it stands.

        What is confirmed already is not confirmed again.
        """
        link = self.links.read(CONFIRM, token)
        asked = self._asked(link)
        if asked.post and asked.topics:
            self.gates.lift(link.lead, Prohibition.UNSUBSCRIBED, asked.post.occurred_at)
            self.touchpoints.append(self._confirmed(link, asked.post, asked.topics))
        return asked

    def _asked(self, link: LinkClaims) -> Asked:
        profile, gate = self.profiles.get(link.lead), self.gates.get(link.lead)
        client, post = self.playbook.client(), self._post(link)
        language = str(post.data.get("language", "")) if post else ""
        topics: Mapping[str, str] = {}
        if post and profile and not _taken_back(gate, post):
            off = _off_since(gate, post)
            open_ones = unconfirmed(profile.consents, profile.withdrawn, post)
            topics = {topic: text for topic, text in open_ones.items() if topic not in off}
        return Asked(
            client=client,
            language=language or spoken_with(profile, client),
            topics=topics,
            post=post,
        )

    def _post(self, link: LinkClaims) -> Touchpoint | None:
        """The form post that the mail asked back about: the mail's id derives from it."""
        message = self.ledger.message(link.lead, link.message)
        if message is None:
            return None
        found = self.touchpoints.since(link.lead, message.at - ON_ITS_WAY)
        posts = (each for each in found if each.kind == FORM_SUBMITTED)
        wanted = message.enrolment
        return next(
            (
                each
                for each in posts
                if recipient_id(CONFIRM_MAIL, each.occurred_at, each.lead) == wanted
            ),
            None,
        )

    def _confirmed(
        self, link: LinkClaims, post: Touchpoint, topics: Mapping[str, str]
    ) -> Touchpoint:
        """The proof: the words shown, by which form, and the mail whose link was posted. So the
        browser that the form was posted from is the lead's own as well."""
        visitor = post.data.get("visitor")
        return record(
            lead=link.lead,
            kind=CONSENT_CONFIRMED,
            source=post.source,
            received_at=self.clock.now(),
            data={
                "consents": dict(topics),
                "message": link.message,
                "post": post.id,
                **({"visitor": visitor} if visitor else {}),
            },
            own_id=post.id,
        )


def _taken_back(gate: Gate, post: Touchpoint) -> bool:
    """By unsubscribing, or by a complaint, after the post: that link confirms nothing any more."""
    ends = (gate.unsubscribed_at, gate.complained_at)
    return any(end is not None and end > post.occurred_at for end in ends)


def _off_since(gate: Gate, post: Touchpoint) -> tuple[str, ...]:
    chosen = gate.preferences
    return chosen.off if chosen and chosen.at > post.occurred_at else ()
