"""How the host and a worker talk: JSON texts, each behind its length."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

LENGTH = struct.Struct("!I")


class Closed(EOFError):
    """The other side is gone."""


def write(channel: socket.socket, message: dict[str, Any]) -> None:
    text = json.dumps(message).encode()
    channel.sendall(LENGTH.pack(len(text)) + text)


def read(channel: socket.socket) -> dict[str, Any]:
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    message: dict[str, Any] = json.loads(_exactly(channel, length))
    return message


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = channel.recv(count - len(parts))
        if not part:
            raise Closed
        parts += part
    return bytes(parts)
