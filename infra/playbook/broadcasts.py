"""broadcasts/<broadcast>.yaml: one mail to all who consent to a topic, on a schedule."""

from dataclasses import dataclass

from coldframe.domain.playbook import Broadcast
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

    def compiled(self) -> Broadcast:
        return Broadcast(
            broadcast=self.broadcast,
            mail=self.mail.value if self.mail else "",
            topic=self.topic.value if self.topic else "",
        )


def read_broadcast(name: str, root: Node) -> BroadcastSource:
    keys = root.keys(needed=["mail", "topic", "schedule"], optional=["why"])
    keys.read("why", Node.text)
    return BroadcastSource(
        broadcast=name,
        spot=root.spot,
        mail=keys.located("mail", Node.text),
        topic=keys.located("topic", Node.text),
        schedule=keys.read("schedule", cron) or "",
    )
