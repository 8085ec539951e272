"""CPU of our process alone per lead, mail and SES event, beside a plain script at the same job."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from coldframe.adapters.wire.clients import BY_BOTOCORE
from tests.bench import scene
from tests.bench.cold_starts import ColdStarts
from tests.bench.measuring import Told
from tests.bench.scene import Event, Walker
from tests.bench.trees import Pycs, ours, typical

BATCH = 100
OF_BATCH = (("Send", 40), ("Delivery", 40), ("Open", 15), ("Click", 5))
"""The events of 40 mails, as a broadcast's come: SQS hands over a hundred at once."""
WARM_UP = 5
"""First events that are not counted."""
MICRO = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One function's share of a job."""

    handler: str
    microseconds: float
    calls: float
    written: float = 0.0
    read: float = 0.0
    """The table's units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    name: str
    parts: tuple[Part, ...]
    plain: Part
    goal: int | None = None
    aside: tuple[Part, ...] = ()
    """The same as one of the parts, but all calls are botocore's: not in the sum."""

    @property
    def microseconds(self) -> float:
        return sum(part.microseconds for part in self.parts)

    @property
    def calls(self) -> float:
        return sum(part.calls for part in self.parts)

    @property
    def written(self) -> float:
        return sum(part.written for part in self.parts)

    @property
    def read(self) -> float:
        return sum(part.read for part in self.parts)


@dataclass(slots=True)
class ProcessorTime:
    """``children`` knows how a tree is run, and the stub it talks to."""

    children: ColdStarts
    rounds: int = 3

    def steps(self) -> int:
        return self.rounds * 12

    def measure(self, *, events: int, told: Told) -> list[Job]:
        """The whole walk, several times; of each share the median walk is told."""
        walks = [self._walk(events + WARM_UP, told) for _ in range(self.rounds)]
        return [_middle([walk[number] for walk in walks]) for number in range(len(walks[0]))]

    def _walk(self, events: int, told: Told) -> tuple[Job, ...]:
        self.children.stub.forget()
        table = self.children.stub.answers
        posts = scene.posts(events)
        capture = self._ours("capture_lead", posts, told)
        react = self._ours("react", [scene.stream_of([each]) for each in table.of_kind("T#")], told)
        decisions = [scene.stream_of([each]) for each in table.of_kind("D#")]
        touchpoint = self._touchpoint(events, told)
        carry_out = self._ours("carry_out", decisions, told)
        leads = scene.walkers(table.of_kind("E#"))
        mails = [scene.step(each, scene.FIRST_STEP) for each in leads]
        send = self._ours("send_message", mails, told)
        return (
            Job(
                name="captured lead: capture, react, start of the journey",
                parts=(capture, react, carry_out),
                plain=self._plain("capture", posts, told),
                goal=3_000,
                aside=(self._botocores("capture_lead", posts, told),),
            ),
            touchpoint,
            Job(
                name="mail: claim to sent",
                parts=(send,),
                plain=self._plain("mail", mails, told),
                goal=3_500,
                aside=(self._botocores("send_message", mails, told),),
            ),
            self._events(leads, told),
        )

    def _touchpoint(self, events: int, told: Told) -> Job:
        """Of leads who are known already, told by the client's own server."""
        table = self.children.stub.answers
        before, said = len(table.of_kind("T#")), [scene.server_event(n) for n in range(events)]
        recorded = self._ours("record_event", said, told)
        stream = [scene.stream_of([each]) for each in table.of_kind("T#")[before:]]
        return Job(
            name="touchpoint: recorded, and reacted to",
            parts=(recorded, self._ours("react", stream, told)),
            plain=self._plain("touchpoint", said, told),
        )

    def _events(self, leads: Sequence[Walker], told: Told) -> Job:
        """Recorded, and the opens and clicks among them reacted to."""
        batches = _batches(leads)
        table = self.children.stub.answers
        before = len(table.of_kind("T#"))
        recorded = self._ours("record_email_event", batches, told, per=BATCH)
        evidence = table.of_kind("T#")[before:]
        size = len(evidence) // len(batches)
        told_of = [evidence[at : at + size] for at in range(0, len(evidence), size)]
        reacted = self._ours("react", [scene.stream_of(each) for each in told_of], told, per=BATCH)
        return Job(
            name="SES event, of 100",
            parts=(recorded, reacted),
            plain=self._plain("events", batches, told, per=BATCH),
            goal=250,
        )

    def _ours(self, name: str, events: Sequence[Event], told: Told, *, per: int = 1) -> Part:
        told(name)
        child = self.children.child(ours(self.children.python, Pycs.UNCHECKED))
        return self._part(name, lambda: child.handle(_handler(name), events).said, events, per)

    def _botocores(self, name: str, events: Sequence[Event], told: Told) -> Part:
        told(f"{name} by botocore")
        child = self.children.child(ours(self.children.python, Pycs.UNCHECKED))
        child = replace(child, environment={**child.environment, BY_BOTOCORE: "1"})
        said = f"{name}, by botocore"
        return self._part(said, lambda: child.handle(_handler(name), events).said, events, 1)

    def _plain(self, name: str, events: Sequence[Event], told: Told, *, per: int = 1) -> Part:
        told(f"plain {name}")
        child = self.children.child(typical(self.children.python, Pycs.UNCHECKED))
        return self._part(name, lambda: child.handle(f"plain.{name}", events).said, events, per)

    def _part(self, name: str, run: Callable[[], str], events: Sequence[Event], per: int) -> Part:
        asked, meter = self.children.stub.answers, self.children.stub.answers.meter
        before = asked.calls, meter.written, meter.read
        spent: list[float] = json.loads(run().strip().splitlines()[-1])["spent"]
        after = asked.calls, meter.written, meter.read
        calls, written, read = (
            (now - then) / len(events) / per for now, then in zip(after, before, strict=True)
        )
        counted = spent[min(WARM_UP, len(spent) - 1) :]
        return Part(
            handler=name,
            microseconds=median(counted) * MICRO / per,
            calls=calls,
            written=written,
            read=read,
        )


def _handler(name: str) -> str:
    return f"functions.{name}.handler.handler"


def _batches(leads: Sequence[Walker]) -> list[Event]:
    """As many whole batches as there are leads for; at least one."""
    size = max(count for _, count in OF_BATCH)
    groups = [leads[at : at + size] for at in range(0, len(leads) - size + 1, size)]
    return [
        scene.email_events([(kind, lead) for kind, count in OF_BATCH for lead in group[:count]])
        for group in groups
    ]


def _middle(jobs: Sequence[Job]) -> Job:
    return sorted(jobs, key=lambda job: job.microseconds / max(job.plain.microseconds, 1e-9))[
        len(jobs) // 2
    ]
