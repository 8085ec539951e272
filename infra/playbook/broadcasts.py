"""broadcasts/<broadcast>.yaml: one mail to all who consent to a topic, on a schedule."""

from dataclasses import dataclass

from infra.reading.nodes import Located, Node
from infra.reading.problems import Spot
from infra.reading.schedules import cron


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSource:
    broadcast: str
    spot: Spot
    mail: Located[str] | None
    topic: Located[str] | None
    schedule: str


def read_broadcast(root: Node, *, broadcast: str) -> BroadcastSource:
    keys = root.keys(needed=["mail", "topic", "schedule"], optional=["why"])
    keys.read("why", Node.text)
    return BroadcastSource(
        broadcast=broadcast,
        spot=root.spot,
        mail=keys.located("mail", Node.text),
        topic=keys.located("topic", Node.text),
        schedule=keys.read("schedule", cron) or "",
    )
