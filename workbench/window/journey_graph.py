"""A journey as boxes and lines: what a step is, and where one lead stands among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.message import MessageState
from coldframe.domain.playbook import Journey, Step
from coldframe.domain.record import LeadRecord
from workbench.window.ahead import place
from workbench.window.wording import duration, event

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
    return step.id if step.kind in {"wait", "wait_for"} else f"{step.id}/pause"


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
        if step.kind not in {"wait", "wait_for", "end"}:
            mark = Mark.HERE if here == step.id else self._mark(step)
            title, detail = _effect(step)
            yield Box(id=step.id, kind=step.kind, title=title, detail=detail, mark=mark)
        if _pauses(step):
            title, detail = _pause(step)
            mark = Mark.HERE if here == _pause_of(step) else self._passed(step)
            kind = "wait_for" if step.wait_for else "wait"
            yield Box(id=_pause_of(step), kind=kind, title=title, detail=detail, mark=mark)

    def _lines(self) -> Iterator[Line]:
        yield Line(source=START, target=self._entered(self.journey.first))
        for step in self.journey.steps.values():
            if step.kind == "end":
                continue
            if _pauses(step) and _pause_of(step) != step.id:
                yield Line(source=step.id, target=_pause_of(step))
            source = _pause_of(step) if _pauses(step) else step.id
            if step.wait_for is None:
                yield Line(source=source, target=self._entered(step.next))
                continue
            yield Line(source=source, target=self._entered(step.wait_for.then), label="yes")
            yield Line(source=source, target=self._entered(step.wait_for.otherwise), label="no")

    def _entered(self, name: str | None) -> str:
        step = self.journey.steps.get(name or "")
        return FINISH if step is None or step.kind == "end" else step.id

    def _here(self) -> str:
        """The box in which the lead stands; "" once the enrolment is over."""
        stands = place(self.enrolment, self.journey, self.record)
        if stands is None or self.enrolment.status is EnrolmentStatus.CLOSED:
            return ""
        step = stands.step
        return _pause_of(step) if _pauses(step) and stands.acted else step.id

    def _mark(self, step: Step) -> Mark:
        claim = self.enrolment.claims.get(step.mail or f"hand_off:{step.id}")
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


def _effect(step: Step) -> tuple[str, str]:
    if step.kind == "hand_off":
        return "Hand-off", f"to the {step.to or 'owner'}"
    return step.mail or step.id, "mail"


def _pause(step: Step) -> tuple[str, str]:
    if step.wait_for is not None:
        what = event(step.wait_for.when).removeprefix("a ").removeprefix("an ")
        return f"{what[0].upper()}{what[1:]}?", f"within {duration(step.wait_for.limit)}"
    return f"Wait {duration(step.wait or 0)}", ""
