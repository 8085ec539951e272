"""Where mails to an address end up: many spellings, one person who reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from coldframe.domain.lead import lead_id

SAME_DOMAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "googlemail.com": "gmail.com",
        "protonmail.com": "proton.me",
        "protonmail.ch": "proton.me",
        "pm.me": "proton.me",
        "me.com": "icloud.com",
        "mac.com": "icloud.com",
        **dict.fromkeys(("ya.ru", "yandex.com", "yandex.by", "yandex.kz"), "yandex.ru"),
    }
)
"""Domains under which a provider reaches the same mailbox by the same name."""
IGNORED: Final[Mapping[str, str]] = MappingProxyType({"gmail.com": ".", "proton.me": ".-_"})
"""What a provider takes for nothing in the part before the @."""
SAME_SIGN: Final[Mapping[str, str]] = MappingProxyType({"yandex.ru": "-"})
"""What a provider takes for a dot."""
BY_SUBDOMAIN: Final = (".fastmail.com", ".fastmail.fm")
"""Where anything@ada.fastmail.com is Ada's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """What went there of late because somebody asked for it, for whatever lead (newest last)."""

    id: str
    """A keyed hash: it tells nobody the address."""
    revision: int = 0
    requested: tuple[datetime, ...] = ()


def mailbox_of(address: str) -> str:
    """Without a plus tag, and without what its provider takes for nothing.

    Another lead all the same; but whoever is flooded by many such addresses is one person. A
    subdomain, or a name at a domain of somebody's own, may be anybody's: it stays as it is.
    """
    local, _, domain = address.rpartition("@")
    domain = SAME_DOMAIN.get(domain, domain)
    plain = local.partition("+")[0] or local
    for ending in BY_SUBDOMAIN:
        if domain.endswith(ending):
            plain, domain = domain.removesuffix(ending), ending[1:]
    if sign := SAME_SIGN.get(domain):
        plain = plain.replace(sign, ".")
    kept = plain.translate(dict.fromkeys(map(ord, IGNORED.get(domain, ""))))
    return f"{kept or plain}@{domain}"


def mailbox_named(address: str) -> str:
    """What its id is a keyed hash of; no address has a space, so it is no lead's."""
    return f"mailbox {mailbox_of(address)}"


def mailbox_id(key: bytes, address: str) -> str:
    return lead_id(key, mailbox_named(address))
