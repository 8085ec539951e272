"""The playbook's documents, read back as what they were written from.

Apart from who opens the files: a function that asks for a form needs none of this.
"""

from collections.abc import Callable, Mapping
from typing import Any

from coldframe.domain.message import MailKind
from coldframe.domain.playbook import (
    Broadcast,
    CapRule,
    Client,
    Entry,
    EventMatch,
    Exit,
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

Json = Mapping[str, Any]


def client_of(held: Json) -> Client:
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


def _match(held: Json) -> EventMatch:
    return EventMatch(**held)


def reactions_of(held: Json) -> Reactions:
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


def journey_of(held: Json) -> Journey:
    return Journey(**{**held, "steps": {key: _step(each) for key, each in held["steps"].items()}})


def mail_of(held: Json) -> Mail:
    return Mail(**{**held, "kind": MailKind(held["kind"]), "links": tuple(held["links"])})


def files_of(held: list[Json]) -> dict[str, StoredFile]:
    return {each["name"]: StoredFile(**each) for each in held}


def broadcast_of(held: Json) -> Broadcast:
    return Broadcast(**held)
