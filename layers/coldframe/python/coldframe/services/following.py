"""A followed link: evidence is kept, and the signed target answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from coldframe.domain.download import FILE, IN_MAIL, addressed, undated
from coldframe.domain.errors import Transient
from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import LINK_FOLLOWED, record

if TYPE_CHECKING:
    from datetime import datetime

    from coldframe.domain.playbook import StoredFile
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports import Clock, LinkClaims, Links, Touchpoints


GO = "go"
"""The link's purpose."""
ANSWER = "answer:"
"""A target that is an answer, as `answer:guests=51`: it opens a page that asks once more."""
ANSWERING = "answer"
"""The purpose of that page's link."""
FORM = "form:"
"""A target that is a form of ours, as `form:wedding-cake`: it asks for what isn't known yet."""
KNOWN_AS = "known"
"""The purpose of the link to it."""
VISIT = "visit"
"""That of the token which goes along to a page that tells of its visitors."""
TOKEN = "cf"  # noqa: S105 - the name of a query parameter
LONGEST_AGENT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLink:
    token: str
    agent: str = ""
    method: str = "GET"
    network: str = ""
    """What is known of the caller's: scanner | datacentre | apple | google."""
    request: str = ""
    """The request's own id: every follow counts, also several within one millisecond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFollowing:
    touchpoints: Touchpoints
    links: Links
    clock: Clock
    tells: Callable[[str], bool] = lambda _target: False
    """Whether the page there tells us of its visitors."""
    stored: Callable[[str], StoredFile | None] = lambda _name: None
    """The client's file of this name."""

    def __call__(self, command: FollowLink) -> str:
        """Where to go, also when the evidence can't be kept just now: the reader comes first.

        InvalidToken for a link that isn't ours.
        """
        link = self.links.read(GO, command.token)
        now = self.clock.now()
        name, since = addressed(link.target)
        file = self.stored(name) if name else None
        evidence = follow(
            link,
            index=link.index,
            now=now,
            agent=command.agent,
            method=command.method,
            network=command.network,
            request=command.request,
            more={"target": undated(link.target), "file": file.name} if file else {},
        )
        with suppress(Transient):
            self.touchpoints.append(evidence)
        if link.target.startswith(ANSWER):
            return self._asked_once_more(link)
        if link.target.startswith(FORM):
            return self._as_known(link)
        if file and file.forms:
            return self._opened(link, file, int(now.timestamp()) if since is None else since)
        return self._announced(link, now) if self.tells(link.target) else link.target

    def _opened(self, link: LinkClaims, file: StoredFile, since: int) -> str:
        """The file knows its readers by their links; that one was followed is told already."""
        token = self.links.sign(
            FILE, lead=link.lead, message=link.message, target=IN_MAIL + file.name, index=since
        )
        return f"/files/{token}/{quote(file.name)}"

    def _as_known(self, link: LinkClaims) -> str:
        form = link.target.removeprefix(FORM)
        token = self.links.sign(KNOWN_AS, lead=link.lead, message=link.message, target=form)
        return f"/confirm/{token}"

    def _asked_once_more(self, link: LinkClaims) -> str:
        """An answer is saved by a post of its page: whatever follows links tells us nothing."""
        answer = link.target.removeprefix(ANSWER)
        token = self.links.sign(ANSWERING, lead=link.lead, message=link.message, target=answer)
        return f"/confirm/{token}"

    def _announced(self, link: LinkClaims, now: datetime) -> str:
        """The page may say, with its visitor's consent and for an hour, whose visit it is."""
        token = self.links.sign(
            VISIT, lead=link.lead, message=link.message, index=int(now.timestamp())
        )
        parts = urlsplit(link.target)
        query = "&".join(filter(None, [parts.query, f"{TOKEN}={token}"]))
        return urlunsplit(parts._replace(query=query))


def follow(
    link: LinkClaims,
    *,
    index: int,
    now: datetime,
    agent: str,
    method: str = "GET",
    network: str,
    request: str,
    more: Mapping[str, object] | None = None,
) -> Touchpoint:
    """Evidence that somebody or something asked for this link of a mail, or of a form's answer."""
    return record(
        lead=link.lead,
        kind=LINK_FOLLOWED,
        source="link",
        received_at=now,
        data={
            "message": link.message,
            "link": index,
            "target": link.target,
            "agent": agent[:LONGEST_AGENT],
            "method": method,
            "network": network,
            **(more or {}),
        },
        own_id=f"{link.message}#{index}#{text_of(now)}#{request or agent}",
    )
