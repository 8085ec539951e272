"""The compiled playbook that ships with the code: each file read once, when first asked for."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

from coldframe.domain.errors import UnknownForm
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import (
    Broadcast,
    CapRule,
    Client,
    Entry,
    EventMatch,
    Exit,
    Form,
    FormField,
    Journey,
    Mail,
    Person,
    QuietHours,
    Reactions,
    Step,
    StoredFile,
    WaitFor,
    WaitRule,
)

PACKAGE = "coldframe_playbook"
Json = Mapping[str, Any]
T = TypeVar("T")


@cache
def playbook_folder() -> Path:
    """Where the layer with the client's playbook lies; it holds data, so it is not imported."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"no {PACKAGE} on the import path")
    return Path(next(iter(spec.submodule_search_locations)))


class CompiledPlaybook:
    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._kept: dict[str, object] = {}

    def client(self) -> Client:
        return self._once("client", _client)

    def form(self, name: str) -> Form:
        try:
            return self._named("forms", name, _form)
        except KeyError as error:
            raise UnknownForm(name) from error

    def reactions(self) -> Reactions:
        return self._once("reactions", _reactions)

    def journey(self, name: str) -> Journey:
        return self._named("journeys", name, _journey)

    def mail(self, name: str) -> Mail:
        return self._named("mails", name, _mail)

    def broadcast(self, name: str) -> Broadcast:
        return self._named("broadcasts", name, lambda held: Broadcast(**held))

    def file(self, name: str) -> StoredFile:
        return self._once("files", _files)[name]

    def templates(self) -> Path:
        return self._place() / "templates"

    def _place(self) -> Path:
        return self._folder or playbook_folder()

    def _named(self, part: str, name: str, build: Callable[[Any], T]) -> T:
        """Names come from people and links: one that is no plain word opens no file."""
        if not name.replace("-", "").replace("_", "").isalnum():
            raise KeyError(name)
        try:
            return self._once(f"{part}/{name}", build)
        except (OSError, ValueError) as error:
            raise KeyError(name) from error

    def _once(self, name: str, build: Callable[[Any], T]) -> T:
        if name not in self._kept:
            held = json.loads((self._place() / f"{name}.json").read_bytes())
            self._kept[name] = build(held)
        return cast("T", self._kept[name])


def _client(held: Json) -> Client:
    quiet = held["quiet_hours"]
    return Client(
        **{
            **held,
            "sender": Person(**held["sender"]),
            "owner": Person(**held["owner"]),
            "caps": tuple(CapRule(**rule) for rule in held["caps"]),
            "quiet_hours": QuietHours(**quiet) if quiet else None,
            "sites": tuple(held["sites"]),
        }
    )


def _form(held: Json) -> Form:
    return Form(**{**held, "fields": tuple(FormField(**each) for each in held["fields"])})


def _match(held: Json) -> EventMatch:
    return EventMatch(**held)


def _reactions(held: Json) -> Reactions:
    def all_of(name: str, kind: Callable[..., Any]) -> tuple[Any, ...]:
        return tuple(kind(**{**each, "when": _match(each["when"])}) for each in held[name])

    return Reactions(
        **{
            **held,
            "entries": all_of("entries", Entry),
            "exits": all_of("exits", Exit),
            "waits": all_of("waits", WaitRule),
            "events": tuple(held["events"]),
        }
    )


def _step(held: Json) -> Step:
    waits = held["wait_for"]
    wait_for = WaitFor(**{**waits, "when": _match(waits["when"])}) if waits else None
    return Step(**{**held, "wait_for": wait_for})


def _journey(held: Json) -> Journey:
    return Journey(**{**held, "steps": {key: _step(each) for key, each in held["steps"].items()}})


def _mail(held: Json) -> Mail:
    return Mail(**{**held, "kind": MailKind(held["kind"]), "links": tuple(held["links"])})


def _files(held: list[Json]) -> dict[str, StoredFile]:
    return {each["name"]: StoredFile(**each) for each in held}
