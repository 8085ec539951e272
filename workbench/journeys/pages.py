"""A page on each journey, in Markdown: who enters, what they get and why, and what ends it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import Journey, ReEntry, Window
from coldframe.domain.journey_steps import SendText
from infra.playbook import CompiledClient
from workbench.journeys.calendar import earliest
from workbench.journeys.drawing import mermaid, svg
from workbench.journeys.step_words import clock, near, weekdays
from workbench.window.wording import duration

_SUBJECT: Final = re.compile(r"\{% set line %\}(.*?)\{% endset %\}", re.DOTALL)
_HEAD: Final = ("mail", "subject", "kind", "stage", "topic", "earliest", "question it answers")


@dataclass(frozen=True, slots=True)
class Pages:
    compiled: CompiledClient

    def write(self, directory: Path) -> list[Path]:
        directory.mkdir(parents=True, exist_ok=True)
        written = []
        for name, journey in self.compiled.journeys.items():
            for suffix, text in ((".md", self.page(journey)), (".svg", svg(journey))):
                path = directory / f"{name}{suffix}"
                path.write_text(text, encoding="utf-8")
                written.append(path)
        return written

    def page(self, journey: Journey) -> str:
        parts = [f"# {journey.title}", journey.why, "\n".join(self._facts(journey))]
        parts += [f"```mermaid\n{mermaid(journey)}```", "\n".join(self._table(journey))]
        texts = [each for each in journey.steps.values() if isinstance(each.action, SendText)]
        if texts:
            parts.append("Text messages: " + ", ".join(f"`{text.action.text}`" for text in texts))  # type: ignore[union-attr]  # filtered above
        return "\n\n".join(filter(None, parts)) + "\n"

    def _facts(self, journey: Journey) -> Iterator[str]:
        name, reactions = journey.journey, self.compiled.reactions
        ways_in = [self._entering(each.when) for each in reactions.entries if each.journey == name]
        ways_in += [
            f"{near(each.date, each.days)} at {clock(each.minute)}"
            for each in reactions.dates
            if each.journey == name
        ]
        yield f"- **Enters**: {'; or '.join(ways_in) or 'nobody, any more'}"
        yield f"- **Enters again**: {_again(journey.re_enter)}"
        for each in reactions.exits:
            if each.journey == name:
                then = f", then the journey `{each.then}`" if each.then else ""
                yield f"- **Exits** as *{each.reason}*: {self._happened(each.when)}{then}"
        yield from self._rest(journey)

    def _rest(self, journey: Journey) -> Iterator[str]:
        goal = journey.goal
        if goal:
            yield (
                f"- **Goal**: for {round(goal.target * 100)}% of those who enter, within"
                f" {duration(goal.within)}: {self._happened(goal.when)}"
            )
        for reason, follows in journey.at_end.items():
            yield f"- **Then**: whoever ends as *{reason}* enters `{follows}`"
        window = journey.send_window
        if window:
            yield f"- **Mails go** {_window(window)}, in the lead's own zone"
        people, client = self.compiled.client.people, self.compiled.client
        owner = people.get(journey.owner, client.owner).name
        topic = f"topic `{journey.topic}`, " if journey.topic else ""
        edits = "finish what they began" if journey.edits == "pin" else "move to the new steps"
        yield (
            f"- **Belongs** to {owner}: {topic}priority {journey.priority}, {journey.status}; when"
            f" it is edited, leads in it {edits}"
        )

    def _table(self, journey: Journey) -> Iterator[str]:
        days = earliest(journey)
        if not any(step.mail for step in journey.steps.values()):
            return
        yield f"| {' | '.join(_HEAD)} |"
        yield f"|{' --- |' * len(_HEAD)}"
        for step in journey.steps.values():
            mail = self.compiled.mails.get(step.mail or "")
            if mail:
                day = str(days[step.id]) if step.id in days else ""
                cells = (
                    *(f"`{mail.mail}`", self._subject(mail.mail), mail.kind.value, mail.stage),
                    *(mail.topic or "", day, mail.answers),
                )
                yield f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |"

    def _subject(self, mail: str) -> str:
        found = _SUBJECT.search(self.compiled.templates.get(f"{mail}.subject", ""))
        return " ".join(found[1].split()) if found else ""

    def _entering(self, when: EventMatch) -> str:
        form = self.compiled.forms.get(when.where.get("form", ""))
        return f"the form “{form.title}”" if form else self._happened(when)

    def _happened(self, when: EventMatch) -> str:
        match when.kind:
            case "journey.requested":
                return "a person or another journey asks for it"
            case "segment.entered":
                return f"coming into the segment `{when.where.get('segment')}`"
            case "segment.left":
                return f"leaving the segment `{when.where.get('segment')}`"
        declared = self.compiled.events.get(when.kind)
        about = f" ({declared.about[0].lower()}{declared.about[1:]})" if declared else ""
        asked = "".join(f", {key} `{value}`" for key, value in when.where.items())
        return f"`{when.kind}`{about}{asked}"


def _again(policy: ReEntry) -> str:
    if policy.mode == "never":
        return "never"
    when = "at once" if policy.mode == "always" else f"{duration(policy.after)} after it left"
    more = ", also while still in it" if policy.concurrent else ""
    return f"{when}{more}{f', once for each {policy.key}' if policy.key else ''}"


def _window(window: Window) -> str:
    hours = f"from {clock(window.start)} to {clock(window.end)}"
    days = weekdays(window.weekdays)
    return f"on {days} {hours}" if days else hours
