"""broadcasts/<broadcast>.yaml: one mail to all who consent to a topic, on a schedule."""

from dataclasses import dataclass

from coldframe.domain.playbook import Broadcast
from infra.journeys.ranks import USUAL_PRIORITY, read_priority, read_when_capped
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
    priority: int
    when_capped: str

    def compiled(self) -> Broadcast:
        return Broadcast(
            broadcast=self.broadcast,
            mail=self.mail.value if self.mail else "",
            topic=self.topic.value if self.topic else "",
            schedule=self.schedule,
            priority=self.priority,
            when_capped=self.when_capped,
        )


def read_broadcast(name: str, root: Node) -> BroadcastSource:
    keys = root.keys(
        needed=["mail", "topic", "schedule"], optional=["why", "priority", "when_capped"]
    )
    keys.read("why", Node.text)
    priority = keys.read("priority", read_priority)
    return BroadcastSource(
        broadcast=name,
        spot=root.spot,
        mail=keys.located("mail", Node.text),
        topic=keys.located("topic", Node.text),
        schedule=keys.read("schedule", cron) or "",
        priority=USUAL_PRIORITY if priority is None else priority,
        when_capped=keys.read("when_capped", read_when_capped) or "wait",
    )
