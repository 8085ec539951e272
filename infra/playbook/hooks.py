"""client.yaml's `hooks`: which services may tell of leads by their own webhooks."""

from collections.abc import Collection, Mapping
from typing import Final

from coldframe.domain.playbook import Hook
from infra.reading.nodes import Node
from infra.reading.problems import Spot, did_you_mean
from infra.reading.values import EVENT, NAME, matching

SENDERS: Final = ("stripe", "zoom", "typeform")
THEIR_OWN: Final = frozenset({"stripe"})
"""Tell of purchases and refunds, which are built in."""


def read_hooks(node: Node) -> dict[str, Hook]:
    found = {}
    for name, child in node.pairs().items():
        if not NAME.fullmatch(name):
            child.spot.report(f"{name!r} is no name for a source; write it like `our-shop`")
        elif hook := _hook(name, child):
            found[name] = hook
    return found


def _hook(name: str, node: Node) -> Hook | None:
    own = node.peek("sender") in THEIR_OWN
    keys = node.keys(needed=["sender", *(() if own else ("event",))])
    sender = keys.read("sender", lambda value: value.one_of(SENDERS))
    event = keys.read("event", lambda value: matching(EVENT, "webinar.attended", value)) or ""
    return Hook(source=name, sender=sender, event=event) if sender else None


def check_hooks(hooks: Mapping[str, Hook], events: Collection[str] | None, spot: Spot) -> None:
    """What they tell must be declared, as whatever a server tells."""
    for hook in hooks.values():
        if hook.event and events is not None and hook.event not in events:
            hint = did_you_mean(hook.event, events) or "; declare it in events.yaml"
            spot.report(f"{hook.source}: there is no event {hook.event!r}{hint}")
