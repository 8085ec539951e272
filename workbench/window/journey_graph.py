"""A journey as boxes and lines: what a step is, and where one lead stands among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.journey import END, Journey, Step
from coldframe.domain.message import MessageState
from coldframe.domain.record import LeadRecord
from workbench.journeys.step_words import effect, pause, ways
from workbench.window.ahead import place

START, FINISH = "start", "finish"


class Mark(StrEnum):
    """What a box is to the lead."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    id: str
    kind: str
    title: str
    detail: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def graph(journey: Journey, enrolment: Enrolment, record: LeadRecord) -> Graph:
    return _Drawing(journey, enrolment, record).graph()


def _pause_of(step: Step) -> str:
    """The id of the box in which a step waits: its own, or the one below its effect."""
    return step.id if step.kind == "pass" else f"{step.id}/pause"


def _pauses(step: Step) -> bool:
    return step.wait is not None or step.wait_for is not None


@dataclass(frozen=True, slots=True)
class _Drawing:
    journey: Journey
    enrolment: Enrolment
    record: LeadRecord

    def graph(self) -> Graph:
        lines = tuple(self._lines())
        finish = [self._finish()] if any(line.target == FINISH for line in lines) else []
        steps = (box for step in self.journey.steps.values() for box in self._boxes(step))
        return Graph(boxes=(self._start(), *steps, *finish), lines=lines)

    def _start(self) -> Box:
        return Box(id=START, kind="start", title="Enters", detail="", mark=Mark.DONE)

    def _finish(self) -> Box:
        over = self.enrolment.status is EnrolmentStatus.CLOSED
        mark = Mark.DONE if over else Mark.AHEAD
        return Box(id=FINISH, kind="end", title="Ends", detail="", mark=mark)

    def _boxes(self, step: Step) -> Iterator[Box]:
        here = self._here()
        if step.kind != "pass" and step.id != END:
            mark = Mark.HERE if here == step.id else self._mark(step)
            title, detail = effect(step)
            yield Box(id=step.id, kind=step.kind, title=title, detail=detail, mark=mark)
        if _pauses(step):
            title, detail = pause(step)
            mark = Mark.HERE if here == _pause_of(step) else self._passed(step)
            kind = "wait_for" if step.wait_for else "wait"
            yield Box(id=_pause_of(step), kind=kind, title=title, detail=detail, mark=mark)

    def _lines(self) -> Iterator[Line]:
        yield Line(source=START, target=self._entered(self.journey.first))
        for step in self.journey.steps.values():
            if step.kind == "exit":
                if step.id != END:
                    yield Line(source=step.id, target=FINISH)
                continue
            if _pauses(step) and _pause_of(step) != step.id:
                yield Line(source=step.id, target=_pause_of(step))
            source = _pause_of(step) if _pauses(step) else step.id
            for target, label in ways(step):
                yield Line(source=source, target=self._entered(target), label=label)

    def _entered(self, name: str | None) -> str:
        step = self.journey.steps.get(name or "")
        return FINISH if step is None or step.id == END else step.id

    def _here(self) -> str:
        """The box in which the lead stands; "" once the enrolment is over."""
        stands = place(self.enrolment, self.journey, self.record)
        if stands is None or self.enrolment.status is EnrolmentStatus.CLOSED:
            return ""
        step = stands.step
        return _pause_of(step) if _pauses(step) and stands.acted else step.id

    def _mark(self, step: Step) -> Mark:
        claim = self.enrolment.claims.get(step.claim)
        message = next(
            (one for one in self.record.messages if claim and one.id == claim.message), None
        )
        if message is None:
            return Mark.AHEAD
        return Mark.DONE if message.state is MessageState.SENT else Mark.HELD

    def _passed(self, step: Step) -> Mark:
        """A pause is behind the lead when something after it was done."""
        wait_for = step.wait_for
        after = (wait_for.then, wait_for.otherwise) if wait_for else (step.next,)
        steps = [self.journey.steps[name] for name in after if name and name in self.journey.steps]
        reached = any(self._mark(one) is not Mark.AHEAD or self._here() == one.id for one in steps)
        return Mark.DONE if reached else Mark.AHEAD
