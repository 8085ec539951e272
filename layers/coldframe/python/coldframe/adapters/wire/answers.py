"""An HTTP/1.1 answer, read off its connection, by a part of what the standard library takes."""

from dataclasses import dataclass
from typing import BinaryIO, Final

LONGEST_LINE: Final = 65_536
MOST_HEADERS: Final = 100
CONTINUE: Final = range(100, 200)
BODILESS: Final = (204, 304)


class Garbled(Exception):
    """It isn't HTTP, or it ended too early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    """By their names in lower case."""
    body: bytes
    is_last: bool = False
    """The other side closes the connection after it."""


def read_answer(heard: BinaryIO) -> Answer:
    """Garbled; OSError, when the line breaks or nothing comes in time."""
    version, status = _status(heard)
    headers = _headers(heard)
    while status in CONTINUE:
        version, status = _status(heard)
        headers = _headers(heard)
    ends = "chunked" not in headers.get("transfer-encoding", "").lower() and (
        "content-length" not in headers and status not in BODILESS
    )
    wish = headers.get("connection", "" if version == b"HTTP/1.1" else "close")
    return Answer(
        status=status,
        headers=headers,
        body=heard.read() if ends else _body(heard, headers, status),
        is_last=ends or wish.lower() == "close",
    )


def _status(heard: BinaryIO) -> tuple[bytes, int]:
    version, _, rest = _line(heard).partition(b" ")
    code = rest[:3]
    if not version.startswith(b"HTTP/1.") or not code.isdigit():
        raise Garbled("status")
    return version, int(code)


def _headers(heard: BinaryIO) -> dict[str, str]:
    told: dict[str, str] = {}
    for _ in range(MOST_HEADERS):
        line = _line(heard)
        if not line:
            return told
        name, colon, value = line.partition(b":")
        if not colon:
            raise Garbled("header")
        told[name.decode("latin-1").lower()] = value.strip().decode("latin-1")
    raise Garbled("headers")


def _body(heard: BinaryIO, headers: dict[str, str], status: int) -> bytes:
    if status in BODILESS:
        return b""
    if "transfer-encoding" in headers:
        return b"".join(iter(lambda: _chunk(heard), b""))
    return _exactly(heard, _number(headers["content-length"], 10))


def _chunk(heard: BinaryIO) -> bytes:
    """Empty: it was the last one, and what may follow it was read too."""
    size = _number(_line(heard).partition(b";")[0].decode("latin-1"), 16)
    if size == 0:
        _headers(heard)
        return b""
    held = _exactly(heard, size)
    if _line(heard):
        raise Garbled("chunk")
    return held


def _number(text: str, base: int) -> int:
    try:
        number = int(text, base)
    except ValueError as error:
        raise Garbled("length") from error
    if number < 0:
        raise Garbled("length")
    return number


def _exactly(heard: BinaryIO, size: int) -> bytes:
    held = heard.read(size)
    if len(held) != size:
        raise Garbled("body")
    return held


def _line(heard: BinaryIO) -> bytes:
    line = heard.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise Garbled("line")
    return line.rstrip(b"\r\n")
