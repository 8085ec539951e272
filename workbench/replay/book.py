"""The client's playbook as its folder says it now: what a history is run through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.advancing.walk import Script

if TYPE_CHECKING:
    from coldframe.domain.form import Form
    from coldframe.domain.journey import Journey
    from coldframe.domain.playbook import Broadcast, Client, Mail, Reactions, StoredFile
    from infra.playbook import CompiledClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A `Playbook` of what decides; it words no texts, shows no forms, stores no files."""

    of: Client
    rules: Reactions
    journeys: Mapping[str, Journey]
    mails: Mapping[str, Mail]
    broadcasts: Mapping[str, Broadcast]

    def client(self) -> Client:
        return self.of

    def reactions(self) -> Reactions:
        return self.rules

    def journey(self, name: str) -> Journey:
        return self.journeys[name]

    def mail(self, name: str) -> Mail:
        return self.mails[name]

    def broadcast(self, name: str) -> Broadcast:
        return self.broadcasts[name]

    def text(self, name: str) -> Mail:
        raise KeyError(name)

    def form(self, name: str) -> Form:
        raise KeyError(name)

    def file(self, name: str) -> StoredFile:
        raise KeyError(name)

    def script(self, journey: str) -> Script:
        return Script(
            journey=self.journeys[journey], client=self.of, mail=self.mail, reactions=self.rules
        )

    def topic_of(self, mail: str) -> str | None:
        """Of the broadcast that sends it; None: no broadcast does."""
        found = (each.topic for each in self.broadcasts.values() if each.mail == mail)
        return next(found, None)


def book_of(compiled: CompiledClient) -> Book:
    return Book(
        of=compiled.client,
        rules=compiled.reactions,
        journeys=compiled.journeys,
        mails=compiled.mails,
        broadcasts=compiled.broadcasts,
    )
