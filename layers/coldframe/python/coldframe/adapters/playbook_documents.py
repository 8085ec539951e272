"""The playbook's documents, read back as what they were written from.

Apart from who opens the files: a function that asks for a form needs none of this.
"""

from collections.abc import Callable, Mapping
from typing import Any

from coldframe.domain.allowance import Allowance, WarmUp
from coldframe.domain.conditions.nodes import Condition, MemoryRule, Type
from coldframe.domain.event_match import EventMatch
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import (
    Broadcast,
    Client,
    DateEntry,
    Entry,
    Exit,
    Mail,
    Person,
    Reactions,
    Retime,
    StoredFile,
    WaitRule,
    Webhook,
)
from coldframe.domain.quiet_days import QuietDays
from coldframe.domain.replies.settings import Replies
from coldframe.domain.told import Setting

Json = Mapping[str, Any]


def client_of(held: Json) -> Client:
    quiet, days = held["quiet_hours"], held["quiet_days"]
    return Client(
        **{
            **held,
            "sender": Person(**held["sender"]),
            "owner": Person(**held["owner"]),
            "caps": tuple(map(_cap, held["caps"])),
            "quiet_hours": QuietHours(**quiet) if quiet else None,
            "quiet_days": _quiet_days(days) if days else None,
            "allowance": _allowance(held["allowance"]) if held["allowance"] else None,
            "sites": tuple(held["sites"]),
            "languages": tuple(held["languages"]),
            "replies": _replies(held["replies"]),
            "people": {name: Person(**each) for name, each in held["people"].items()},
            "webhooks": {name: _webhook(each) for name, each in held["webhooks"].items()},
        }
    )


def _allowance(held: Json) -> Allowance:
    warm_up = held["warm_up"]
    return Allowance(**{**held, "warm_up": WarmUp(**warm_up) if warm_up else None})


def _quiet_days(held: Json) -> QuietDays:
    weekends = {country: tuple(days) for country, days in held["weekends"].items()}
    return QuietDays(**{**held, "weekends": weekends})


def _cap(held: Json) -> CapRule:
    lists = {name: tuple(held[name]) for name in ("kinds", "topics")}
    when = _conditions([held["when"]]) if held["when"] else (None,)
    return CapRule(**{**held, **lists, "when": when[0]})


def _replies(held: Json | None) -> Replies | None:
    if held is None:
        return None
    lists = {name: tuple(held[name]) for name in ("languages", "team")}
    return Replies(**{**held, **lists})


def reactions_of(held: Json) -> Reactions:
    from coldframe.adapters.journey_documents import condition_or_none, re_entry_of
    from coldframe.adapters.knowing_documents import knowing_of

    def each_of(name: str, kind: Callable[..., Any]) -> tuple[Any, ...]:
        return tuple(kind(**_read(each)) for each in held[name])

    def _read(each: Json) -> dict[str, Any]:
        read = {"when": _match, "condition": condition_or_none, "re_enter": re_entry_of}
        return {name: read.get(name, _as_it_is)(value) for name, value in each.items()}

    return Reactions(
        **{
            **held,
            "entries": each_of("entries", Entry),
            "exits": each_of("exits", Exit),
            "waits": each_of("waits", WaitRule),
            "dates": each_of("dates", DateEntry),
            "retimes": each_of("retimes", Retime),
            "memory": each_of("memory", MemoryRule),
            "events": tuple(held["events"]),
            "knowing": knowing_of(held["knowing"]),
            "needs": tuple(held["needs"]),
            "testers": tuple(held["testers"]),
            "sets": {
                kind: tuple(Setting(**{**each, "type": Type(each["type"])}) for each in sets)
                for kind, sets in held["sets"].items()
            },
        }
    )


def _webhook(held: Json) -> Webhook:
    return Webhook(**{**held, "fields": tuple(held["fields"])})


def _match(held: Json) -> EventMatch:
    return EventMatch(**held)


def _as_it_is(value: object) -> object:
    return value


def mail_of(held: Json) -> Mail:
    translations = held["translations"].items()
    return Mail(
        **{
            **held,
            "kind": MailKind(held["kind"]),
            "links": tuple(held["links"]),
            "translations": {language: tuple(links) for language, links in translations},
            "conditions": _conditions(held["conditions"]),
        }
    )


def _conditions(held: list[Json]) -> tuple[Condition, ...]:
    """Most mails have none, and then nothing is imported to read them."""
    if not held:
        return ()
    from coldframe.domain.conditions.stored import condition_from_json

    return tuple(condition_from_json(each) for each in held)


def files_of(held: list[Json]) -> dict[str, StoredFile]:
    return {each["name"]: StoredFile(**each) for each in held}


def broadcast_of(held: Json) -> Broadcast:
    return Broadcast(**{**held, "below": tuple(held["below"])})
