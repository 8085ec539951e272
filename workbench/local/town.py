"""What the workbench's pages and the demo see of the clients that run in the local cloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from coldframe.domain.form import Form
from coldframe.domain.journey import Journey
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.record import LeadRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """One row of a client's list of leads."""

    lead: str
    address: str
    name: str
    created_at: datetime
    test: bool = False
    """One of the client's testers: counted nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """A mail as SES took it; ``lead`` and ``message`` are our ids, from its tags ("" for none)."""

    id: str
    at: datetime
    client: str
    lead: str
    message: str
    mail: str
    sender: str
    recipient: str
    subject: str
    html: str | None
    text: str
    headers: tuple[tuple[str, str], ...]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of what happens, as it happens; no personal data but the lead's id."""

    at: datetime
    client: str
    text: str
    lead: str = ""


class LocalClient(Protocol):
    """One client, deployed."""

    name: str
    folder: Path
    url: str
    """Base of its public routes, for a browser on this machine; no trailing slash."""

    def playbook(self) -> Client: ...
    def forms(self) -> Sequence[Form]: ...
    def journey(self, name: str) -> Journey: ...
    def mail(self, name: str) -> Mail:
        """Raises KeyError for a mail the playbook doesn't hold: a notice, or one long gone."""

    def knowing(self) -> Knowing:
        """What is concluded of its leads."""

    def leads(self) -> Sequence[LeadLine]:
        """Newest first; a local table is small enough to read whole."""

    def record(self, lead: str) -> LeadRecord: ...


class Town(Protocol):
    """All clients and their one clock."""

    def now(self) -> datetime: ...
    def next_moment(self) -> datetime | None:
        """The next instant at which something is due; None when nothing waits."""

    def advance(self, by: timedelta) -> None:
        """Settle, walk every moment in between, settle at each."""

    def run_until(self, at: datetime) -> None: ...
    def settle(self) -> None: ...
    def clients(self) -> Mapping[str, LocalClient]: ...
    def mails(self) -> Sequence[SentMail]:
        """All that was sent, oldest first; appended to, never rewritten."""

    def open_mail(self, mail: SentMail) -> None:
        """The SES open of a mailbox that loads pictures."""

    def bounce(self, mail: SentMail, *, hard: bool) -> None: ...
    def complain(self, mail: SentMail) -> None: ...
    def reply(self, mail: SentMail, text: str) -> bool:
        """The recipient answers; False: nobody takes mail at the address it goes to."""

    def out_of_office(self, mail: SentMail) -> bool:
        """The recipient's mailbox answers by itself."""

    def unsubscribe_one_click(self, mail: SentMail) -> int:
        """What a mailbox's own button does: POST to the header's URL; the HTTP status."""

    def scan(self, mail: SentMail) -> int:
        """A scanner follows every link of the mail, GET and HEAD; how many there were."""

    def happenings(self, after: int) -> Sequence[tuple[int, Happening]]:
        """What happened since the number ``after``, with numbers of its own, oldest first."""

    def problems(self) -> Mapping[str, str]:
        """Client → why its changed folder was not taken; the old version still runs."""
