"""Writing mails, their signed links, and handing them to SES."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.message import RenderedMail
    from coldframe.domain.playbook import Client, Mail
    from coldframe.domain.profile import Profile


class Mailer(Protocol):
    def send(self, mail: RenderedMail, /) -> str:
        """One request to SES, never repeated; its message id.

        Raises MailRefused, Throttled (surely not sent), UnknownOutcome (perhaps sent).
        """


class Writer(Protocol):
    def render(
        self, mail: Mail, *, profile: Profile, client: Client, message: str, journey: str
    ) -> RenderedMail:
        """The mail with its signed links, one-click headers and opaque tags.

        ``journey`` is only a tag; for a broadcast it is the broadcast's name.
        """


class Renderer(Writer, Protocol):
    def notice(
        self, *, profile: Profile, client: Client, journey: str, message: str
    ) -> RenderedMail:
        """The hand-off notice to the client's owner, tagged ``mail=_hand_off`` (HAND_OFF_MAIL)."""


class Links(Protocol):
    """Signed links; InvalidToken for anything that isn't ours or has another purpose."""

    def sign(
        self, purpose: str, *, lead: str, message: str = "", target: str = "", index: int = -1
    ) -> str: ...
    def read(self, purpose: str, token: str) -> LinkClaims: ...


class LinkClaims(Protocol):
    @property
    def lead(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def index(self) -> int: ...
