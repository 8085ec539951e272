"""A new client's folder: complete, and checked before it stands among the others."""

import html
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import urlsplit

FOLDER: Final = Path(__file__).parent / "folder"
_MARKUP: Final = "{}<>\n\r"


class Starter(Template):
    """`@@{name}`, since mails and YAML have dollars and braces of their own."""

    delimiter = "@@"


class NotPlanted(Exception):
    """Says what is wrong and what to do; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    client: str
    name: str
    site: str
    sender: str
    owner: str
    zone: str
    postal: str

    def values(self, schemas: str) -> Mapping[str, str]:
        """``schemas``: where the YAML's schemas are, from the client's folder."""
        return {
            "name": self.name,
            "name_in_markup": html.escape(self.name),
            "site": self.site.rstrip("/"),
            "links": f"go.{_domain(self.site)}",
            "sender": self.sender,
            "owner": self.owner,
            "zone": self.zone,
            "postal": self.postal,
            "schemas": schemas,
        }


def plant(newcomer: Newcomer, clients: Path, schemas: Path) -> list[Path]:
    """Write the folder and answer its files; NotPlanted, or PlaybookProblems of what was given."""
    from infra.playbook import compile_client

    target = clients / newcomer.client
    if target.exists():
        raise NotPlanted(f"{target} is there already; choose another name, or delete it first")
    _demand_plain(newcomer)
    clients.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=clients) as nursery:
        seedling = Path(nursery) / newcomer.client
        _write(newcomer, seedling, os.path.relpath(schemas, target))
        compile_client(seedling, environment="dev")
        seedling.rename(target)
    return sorted(path for path in target.rglob("*") if path.is_file())


def _write(newcomer: Newcomer, folder: Path, schemas: str) -> None:
    for source in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        inside = source.relative_to(FOLDER)
        deeper = "../" * (len(inside.parts) - 1)
        told = newcomer.values(f"{deeper}{schemas}")
        yaml = source.suffix == ".yaml"
        values = {
            key: _quoted(value) if yaml and key in _TEXTS else value for key, value in told.items()
        }
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Starter(source.read_text("utf-8")).substitute(values), "utf-8")


_TEXTS: Final = ("name", "site", "links", "sender", "owner", "zone", "postal")


def _quoted(text: str) -> str:
    """JSON's way to write a text is one of YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _domain(site: str) -> str:
    return (urlsplit(site).hostname or "").removeprefix("www.")


def _demand_plain(newcomer: Newcomer) -> None:
    """These texts stand in mails as they are."""
    for what in ("name", "owner", "postal", "site"):
        given = getattr(newcomer, what)
        if not given.strip() or any(each in given for each in _MARKUP):
            raise NotPlanted(f"--{what}: {given!r} can't stand in a mail; write a plain text")
    if urlsplit(newcomer.site).scheme != "https" or "." not in _domain(newcomer.site):
        raise NotPlanted(f"--site: {newcomer.site!r} is no page; write https://www.example.com")
