"""Files that forms give away: which links open one, until when, and the download that follows."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol
from urllib.parse import quote, unquote

from coldframe.domain.message import Message
from coldframe.domain.touchpoint import FILE_DOWNLOADED, Touchpoint, record

FILE: Final = "file"
"""The purpose of a link that opens files."""
IN_MAIL: Final = "file:"
"""What such a link is for, if a mail led to it: `file:guide.pdf`; else the form that gave it."""
GIVEN: Final = "form:"
"""The observation of the links that one answer to a form gave, as `form:<submission>`."""
_SINCE: Final = "?given="
_ADDRESS = re.compile(r"[^?#]*/files/[0-9a-f]{16}/([^/?#]+)(?:\?given=([0-9]{1,11}))?$")


class Gated(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def forms(self) -> Mapping[str, int]: ...


class Stored(Gated, Protocol):
    @property
    def hash(self) -> str: ...


def observation_of(submission: str) -> str:
    return GIVEN + submission


def is_given(message: str) -> bool:
    return message.startswith(GIVEN)


def opens(target: str, file: Gated) -> bool:
    return target == IN_MAIL + file.name or target in file.forms


def ends_at(target: str, file: Gated, given_at: int) -> datetime | None:
    """``given_at``: seconds since 1970. None: never."""
    seconds = kept_for(target, file)
    if not seconds:
        return None
    return datetime.fromtimestamp(given_at, UTC) + timedelta(seconds=seconds)


def kept_for(target: str, file: Gated) -> int:
    """Seconds that such a link is good for; 0: for ever. A mail's for as long as any form's."""
    if target in file.forms:
        return file.forms[target]
    spans = file.forms.values()
    return 0 if 0 in spans else max(spans, default=0)


def address_of(file: Stored, base_url: str, now: datetime) -> str:
    """As a mail's link holds it: links that end say since when they are good."""
    address = f"{base_url}/files/{file.hash}/{quote(file.name)}"
    ends = kept_for(IN_MAIL + file.name, file)
    return f"{address}{_SINCE}{int(now.timestamp())}" if ends else address


def addressed(target: str) -> tuple[str, int | None]:
    """The name of the file of ours that this leads to, or none; and since when the link is good."""
    found = _ADDRESS.match(target)
    if found is None:
        return "", None
    return unquote(found[1]), int(found[2]) if found[2] else None


def undated(target: str) -> str:
    return target.partition(_SINCE)[0]


def downloaded(touchpoints: Iterable[Touchpoint], message: str) -> set[str]:
    """Files whose download by this message's links, or this answer's, has counted."""
    return {
        str(each.data["file"])
        for each in touchpoints
        if each.kind == FILE_DOWNLOADED and each.data.get("message") == message
    }


def download(
    follow: Touchpoint, message: Message | None, *, human: float, received_at: datetime, depth: int
) -> Touchpoint:
    """What a person's follow of a link to a file is, at the follow's instant."""
    data: dict[str, Any] = {
        "file": follow.data["file"],
        "message": follow.data["message"],
        "mail": message.mail if message else "",
        "journey": message.journey if message else "",
        "form": follow.data.get("form", ""),
        "human": human,
    }
    return record(
        lead=follow.lead,
        kind=FILE_DOWNLOADED,
        source="observation",
        received_at=received_at,
        occurred_at=follow.occurred_at,
        data=data,
        own_id=f"{data['message']}#{data['file']}",
        depth=depth,
    )
