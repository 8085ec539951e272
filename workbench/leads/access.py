"""Who looked at which lead, with which command, and when: appended by every command that looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from coldframe.adapters.attributes import instant, text
from coldframe.adapters.table import Key, Table, lead_key

LOG: Final = "LOG#"
EVERYBODY: Final = ("CLIENT", LOG)
"""Where it is kept that somebody looked at all leads at once: there, and not with each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    at: datetime
    by: str
    command: str
    everybody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLog:
    """Who may look must also be allowed to append: what can't be noted isn't shown."""

    table: Table
    now: Callable[[], datetime]
    by: Callable[[], str]
    command: Callable[[], str]

    def note(self, lead: str = "") -> None:
        """``lead``: empty for all of them."""
        at, command = self.now(), self.command()
        name = f"{text(at)}#{command.replace(' ', '-')}"
        key: Key = lead_key(lead, LOG + name) if lead else (EVERYBODY[0], LOG + name)
        told = {"at": at, "by": self.by(), "command": command}
        self.table.write(self.table.put(key, told))


def looks_at(table: Table, lead: str) -> list[Look]:
    """Those at this lead, and those at everybody, the oldest first."""
    found = [*_looks(table, f"L#{lead}"), *_looks(table, EVERYBODY[0])]
    return sorted(found, key=lambda each: each.at)


def _looks(table: Table, partition: str) -> Iterator[Look]:
    rows = table.query("#pk = :pk AND begins_with(#sk, :log)", pk=partition, log=LOG)
    for row in rows:
        everybody = partition == EVERYBODY[0]
        at, by, command = instant(row["at"]), row["by"], row["command"]
        yield Look(at=at, by=by, command=command, everybody=everybody)


def this_command() -> str:
    """As it was typed, without what followed: `coldframe leads why`."""
    from typer._click.globals import get_current_context  # typer has no public door to it

    context = get_current_context(silent=True)
    return context.command_path if context else "a program"
