"""A client's folder to edit, and what three of its leads lived through before the edit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from coldframe.services.capture import CaptureLead
from infra.playbook import CompiledClient, compile_client
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.replay.played import record
from workbench.replay.book import book_of
from workbench.replay.history_file import Writing
from workbench.replay.named import named_by
from workbench.replay.past import Header, Replaced, past_of
from workbench.replay.pseudonyms import Pseudonyms

CLIENT = """\
name: Nursery
zone: Europe/Vienna
locale: en
sender: {name: Rosa, address: rosa@nursery.example}
owner: {name: Rosa, address: rosa@nursery.example}
postal: Nursery, Lindengasse 14, 1070 Vienna, Austria
domains: {links: go.nursery.example}
sites: ["https://www.nursery.example"]
topics: {letters: Nursery letters}
caps: [{mails: 3, days: 7}]
"""
FORM = """\
title: The guide
redirect: https://www.nursery.example/thanks
fields:
  email: {type: email, label: Email, required: true}
  letters: {type: consent, topic: letters, text: "Yes, send me letters."}
"""
FIELDS = """\
first_name: First name
seats: {type: number, label: Seats, personal: no}
born: {type: date, label: Born}
"""
EVENTS = """\
visit.booked: Booked a visit
order.placed: Ordered
order.paid: Paid
"""
SEGMENTS = """\
eager:
  if: did("visit.booked") >= 1
  label: Eager
"""
SCORING = """\
engagement:
  - {event: form.submitted, points: 10, fades: never, why: Asked for the guide}
tiers: {hot: 80, warm: 50, cool: 10}
"""
JOURNEY = """\
title: Welcome
why: A test.
topic: letters
owner: owner
enter: {form: guide}
exit_when: order.placed
goal: {event: order.placed, within: 30 days, target: 10%}
at_end: {completed: nothing, converted: nothing}
status: live
steps:
  - send: guide
  - wait: 2 days
  - branch:
      - if: seats >= 50
        label: large
        then: [{send: call-us}]
      - else: [{send: tip}]
    id: size
  - wait_for: visit.booked
    limit: 5 days
    then: [{notify: owner, text: A visitor comes.}]
    else: [{send: reminder}]
"""
MAIL = """\
---
subject: About {name}
kind: {kind}
{topic}format: plain
answers: How do I start?
---
Hello, [read on](https://www.nursery.example/{name}).
"""
FILES: Mapping[str, str] = {
    "client.yaml": CLIENT,
    "fields.yaml": FIELDS,
    "events.yaml": EVENTS,
    "segments.yaml": SEGMENTS,
    "scoring.yaml": SCORING,
    "forms/guide.yaml": FORM,
    "journeys/welcome.yaml": JOURNEY,
    "emails/guide.md": MAIL.format(name="guide", kind="requested", topic=""),
    **{
        f"emails/{name}.md": MAIL.format(name=name, kind="value", topic="topic: letters\n")
        for name in ("call-us", "tip", "reminder")
    },
}
ADA, GRACE, ALAN = "ada@example.com", "grace@example.com", "alan@example.com"
PEOPLE: Mapping[str, Mapping[str, str]] = {
    ADA: {"first_name": "Ada", "seats": "60", "born": "1985-12-10"},
    GRACE: {"first_name": "Grace", "seats": "40"},
    ALAN: {"first_name": "Alan"},
}
DAY = timedelta(days=1)


@dataclass(slots=True)
class Nursery:
    """Ada is large and waits to the end, Grace books a visit, Alan leaves by an order."""

    clients: Path
    world: World = field(init=False)

    def __post_init__(self) -> None:
        for name, text in FILES.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.world = self._lived()

    @property
    def folder(self) -> Path:
        return self.clients / "nursery"

    def compiled(self) -> CompiledClient:
        return compile_client(self.folder, environment="dev")

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def export(self, path: Path, *, personal: bool = False) -> Path:
        """As the command does it."""
        compiled, at = self.compiled(), self.world.clock.now()
        others = Pseudonyms(named=named_by(book_of(compiled)), declared=compiled.fields)
        writing = Writing(path)
        for address in PEOPLE:
            held = record(self.world, lead_of(address))
            past = past_of(held, compiled.reactions.knowing, at=at)
            writing.add(past if personal else others.of(past))
        writing.finish(
            Header(
                client="nursery",
                environment="dev",
                at=at,
                where="a test",
                leads=writing.leads,
                replaced=Replaced() if personal else others.replaced(),
            )
        )
        return path

    def _lived(self) -> World:
        compiled = self.compiled()
        playbook = InMemoryPlaybook(
            of=compiled.client,
            rules=compiled.reactions,
            journeys=dict(compiled.journeys),
            mails=dict(compiled.mails),
            broadcasts=compiled.broadcasts,
        )
        stage = Stage(World(playbook=playbook))
        for address, fields in PEOPLE.items():
            self._asks(stage, address, fields)
        stage.advance(MONDAY + DAY)
        stage.happen("order.placed", ALAN)
        stage.advance(MONDAY + 4 * DAY)
        stage.happen("visit.booked", GRACE)
        stage.advance(MONDAY + 20 * DAY)
        return stage.world

    def _asks(self, stage: Stage, address: str, fields: Mapping[str, str]) -> None:
        command = CaptureLead(
            lead=lead_of(address),
            form="guide",
            address=address,
            fields=dict(fields),
            consents={"letters": "Yes, send me letters."},
        )
        stage.world.capture()(command)
