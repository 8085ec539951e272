"""Who else is told by journeys: phones, and services that are called."""

from dataclasses import dataclass, field

from coldframe.domain.webhook import Call
from tests.fakes.writes import Writes


@dataclass(slots=True)
class Phones:
    writes: Writes
    sent: list[tuple[str, str]] = field(default_factory=list)
    answers: list[BaseException] = field(default_factory=list)
    """Raised by the next texts, first to last."""

    def send(self, to: str, text: str) -> str:
        with self.writes("texts.send"):
            if self.answers:
                raise self.answers.pop(0)
            self.sent.append((to, text))
            return f"text-{len(self.sent)}"


@dataclass(slots=True)
class Callees:
    """They know a repeated call by its id."""

    writes: Writes
    calls: list[Call] = field(default_factory=list)
    answers: list[BaseException] = field(default_factory=list)

    def send(self, call: Call, /) -> str:
        with self.writes("webhooks.send"):
            if self.answers:
                raise self.answers.pop(0)
            self.calls.append(call)
            return call.id

    def heard(self) -> list[str]:
        """The calls by their ids, repeats left out."""
        return list(dict.fromkeys(call.id for call in self.calls))
