"""All mails that were sent, kept in order and findable: by client, by lead, by words."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workbench.local.town import SentMail

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for; "" asks for everything. ``before`` is a place in the mailbox."""

    client: str = ""
    lead: str = ""
    words: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """Newest first; ``older`` is the place to go on from, None at the end."""

    mails: tuple[SentMail, ...]
    older: int | None
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """All mails to one address, a lead's or, for notices, one of the client's own people."""

    newest: SentMail
    count: int


class Mailbox:
    """Reads the town's mails as they grow; each is indexed once."""

    def __init__(self, mails: Callable[[], Sequence[SentMail]]) -> None:
        self._source = mails
        self._lock = threading.Lock()
        self._mails: list[SentMail] = []
        self._words: list[str] = []
        self._by_id: dict[str, SentMail] = {}
        self._read: set[str] = set()

    def get(self, mail: str) -> SentMail | None:
        self._sync()
        return self._by_id.get(mail)

    def of_message(self, message: str) -> SentMail | None:
        """The newest mail of one of our messages."""
        self._sync()
        return next((mail for mail in reversed(self._mails) if mail.message == message), None)

    def count(self, query: Query) -> int:
        self._sync()
        return sum(1 for _ in self._matching(query, len(self._mails)))

    def page(self, query: Query) -> MailPage:
        self._sync()
        end = len(self._mails) if query.before is None else min(query.before, len(self._mails))
        found: list[int] = []
        for place in self._matching(query, end):
            found.append(place)
            if len(found) > PAGE:
                break
        older = found[PAGE - 1] if len(found) > PAGE else None
        shown = tuple(self._mails[place] for place in found[:PAGE])
        return MailPage(mails=shown, older=older, newest=query.before is None)

    def correspondences(self, client: str = "") -> list[Correspondence]:
        """One line per address, the one that was written to last first."""
        self._sync()
        counts: dict[tuple[str, str], int] = {}
        newest: dict[tuple[str, str], SentMail] = {}
        for place in self._matching(Query(client=client), len(self._mails)):
            mail = self._mails[place]
            key = (mail.client, mail.recipient)
            counts[key] = counts.get(key, 0) + 1
            newest.setdefault(key, mail)
        return [Correspondence(newest=newest[key], count=count) for key, count in counts.items()]

    def mark_read(self, mail: SentMail) -> None:
        self._read.add(mail.id)

    def is_read(self, mail: SentMail) -> bool:
        return mail.id in self._read

    def _matching(self, query: Query, end: int) -> Iterator[int]:
        wanted = query.words.casefold().split()
        for place in range(end - 1, -1, -1):
            mail = self._mails[place]
            if query.client and mail.client != query.client:
                continue
            if query.lead and mail.lead != query.lead:
                continue
            if all(word in self._words[place] for word in wanted):
                yield place

    def _sync(self) -> None:
        with self._lock:
            for mail in self._source()[len(self._mails) :]:
                self._by_id[mail.id] = mail
                self._words.append(_searchable(mail))
                self._mails.append(mail)


def _searchable(mail: SentMail) -> str:
    parts = (mail.subject, mail.recipient, mail.sender, mail.mail, mail.client, mail.text)
    return "\n".join(parts).casefold()
