"""What journeys need of the outside: their runs, and whom they tell besides the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from coldframe.domain.enrolment import Enrolment
    from coldframe.domain.journey import Journey
    from coldframe.domain.journey_steps import Notify
    from coldframe.domain.message import RenderedMail
    from coldframe.domain.playbook import Client
    from coldframe.domain.profile import Profile
    from coldframe.domain.webhook import Call

Load_contra = TypeVar("Load_contra", contravariant=True)


class Carrier(Protocol[Load_contra]):
    """Takes to the outside what a step has for it."""

    def send(self, load: Load_contra, /) -> str:
        """One request, never repeated; the id by which the other side knows it.

        Raises MailRefused, Throttled and Transient (surely not taken), UnknownOutcome (perhaps).
        """


class Texts(Protocol):
    def send(self, to: str, text: str) -> str:
        """A text to a phone, as it was rendered; its id. Raises as a Carrier does.

        MailRefused("no_text_provider"): nobody takes texts.
        """


class Webhooks(Protocol):
    """A Carrier of calls; the other side knows a repeated one by its id.

    Raises MailRefused (it said no for good) and Transient (it may be asked again).
    """

    def send(self, call: Call, /) -> str: ...


class Notices(Protocol):
    def word(
        self, notify: Notify, *, profile: Profile, client: Client, journey: Journey, message: str
    ) -> RenderedMail:
        """What a journey tells the client's people, with what they need to know of the lead."""


class Runs(Protocol):
    """Step Functions, by enrolment."""

    def start(self, enrolment: Enrolment, *, timeout: int | None = None) -> None:
        """Start the run of this generation at the enrolment's step, by name: twice is once.

        ``timeout``: what remains, in seconds, of the wait_for it resumes in.
        """

    def stop(self, enrolment: Enrolment, reason: str) -> None:
        """Saves money only: a run that is gone or can't be stopped is no error."""


class Waits(Protocol):
    def succeed(self, token: str, output: dict[str, str]) -> None:
        """Answer a task token; one that is answered, stale or unknown is no error."""

    def fail(self, token: str, error: str, cause: str) -> None:
        """Report one of our named errors under a token; ``cause`` is an instant or an id."""
