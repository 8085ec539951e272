"""What the client says, and the files it gives away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.form import Form
    from coldframe.domain.journey import Journey
    from coldframe.domain.playbook import Broadcast, Client, Mail, Reactions, StoredFile


class Playbook(Protocol):
    """Each raises KeyError for a name it doesn't hold (forms: UnknownForm)."""

    def client(self) -> Client: ...
    def form(self, name: str) -> Form: ...
    def reactions(self) -> Reactions: ...
    def journey(self, name: str) -> Journey: ...
    def mail(self, name: str) -> Mail: ...
    def text(self, name: str) -> Mail: ...
    def broadcast(self, name: str) -> Broadcast: ...
    def file(self, name: str) -> StoredFile: ...


class Questions(Protocol):
    def question(self, field: str) -> Form:
        """The page on which one field is told; KeyError for one that no mail asks for."""


class Files(Protocol):
    def url(self, file: StoredFile, *, method: str = "GET") -> str:
        """A short-lived URL where the file can be fetched, or (HEAD) asked about."""
