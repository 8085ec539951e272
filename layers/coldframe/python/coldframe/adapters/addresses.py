"""Addresses as they are typed into forms: judged, and marked by the lists that were compiled."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from coldframe.domain.address_hints import is_role, meant
from coldframe.domain.errors import InvalidAddress
from coldframe.domain.lead import normal_address

DISPOSABLE: Final = "disposable"
FREE: Final = "free"
ROLE: Final = "role"
LISTS: Final = "lists"
_SPECIAL: Final = frozenset({"arpa", "internal", "invalid", "local", "localhost", "onion", "test"})
"""Endings that lead to no mailbox on the internet."""


def judged(text: str) -> str:
    """The address in its normal form; InvalidAddress says what is wrong.

    Our own check takes plain addresses, and nothing that email-validator would refuse; it decides
    on all others, and only then is it imported.
    """
    normal = normal_address(text)
    domain = normal.rpartition("@")[2]
    ending = domain.rpartition(".")[2]
    plain = text.isascii() and "--" not in domain and ending.isalpha() and ending not in _SPECIAL
    return normal if plain else _validated(text.strip(), normal)


def _validated(text: str, normal: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise InvalidAddress("No mail can be sent to this address.") from error
    if (found.ascii_email or "").lower() != normal:
        raise InvalidAddress("After the @, this is not a domain name.")
    return normal


@dataclass(slots=True)
class AddressLists:
    """Sorted lines of domains beside the playbook; each file is read once, when first asked."""

    playbook: Callable[[], Path]
    _read: dict[str, bytes] = field(default_factory=dict, init=False)

    def marks(self, address: str) -> tuple[str, ...]:
        """What is known of an address in its normal form, without asking anybody."""
        domain = address.rpartition("@")[2]
        found = {
            DISPOSABLE: self._lists(DISPOSABLE, domain),
            FREE: self._lists(FREE, domain),
            ROLE: is_role(address),
        }
        return tuple(mark for mark, holds in found.items() if holds)

    def is_business(self, domain: str) -> bool:
        """No mailbox provider's, and no throw-away one."""
        return "." in domain and not (self._lists(FREE, domain) or self._lists(DISPOSABLE, domain))

    def meant(self, address: str) -> str | None:
        """The address that was probably meant; None when its own domain is a known one."""
        local, _, domain = address.rpartition("@")
        big = meant(domain)
        if big is None or self._lists(FREE, domain):
            return None
        return f"{local}@{big}"

    def _lists(self, name: str, domain: str) -> bool:
        """The domain itself, or one that it is a part of."""
        lines = self._lines(name)
        while "." in domain:
            if _stands(lines, domain.encode()):
                return True
            domain = domain.partition(".")[2]
        return False

    def _lines(self, name: str) -> bytes:
        if name not in self._read:
            self._read[name] = (self.playbook() / LISTS / f"{name}.txt").read_bytes()
        return self._read[name]


def _stands(lines: bytes, wanted: bytes) -> bool:
    """Halving the text of sorted lines: no list of ten thousand names has to be made of it."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        end = lines.find(b"\n", middle)
        found = lines[start:end]
        if found == wanted:
            return True
        low, high = (end + 1, high) if found < wanted else (low, start)
    return False
