"""What happens to one lead, as it is told: for the sums, and for its diary."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from coldframe.domain.journey import Journey
from coldframe.domain.position import Action, Deed
from workbench.simulate.tally import Tally

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``who``: lead, journey, mailbox or machine."""

    at: datetime
    who: str
    text: str
    because: str = ""
    until: datetime | None = None
    texted: str = ""
    """The text message that went out."""


@dataclass(slots=True, kw_only=True)
class Story:
    journey: Journey
    entered_at: datetime | None = None
    goal_at: datetime | None = None
    mails: list[datetime] = field(default_factory=list)
    shares: dict[str, str] = field(default_factory=dict)
    tally: Tally = field(default_factory=lambda: Tally(leads=1))
    lines: list[Line] | None = None
    """Only a diary needs them."""

    def tell(self, at: datetime, who: str, text: str, because: str = "") -> None:
        if self.lines is not None:
            self.lines.append(Line(at=at, who=who, text=text, because=because))

    def visited(self, steps: tuple[str, ...]) -> None:
        for step in steps:
            self.tally.steps[step] = 1

    def acted(self, action: Action) -> None:
        self._count(action)
        if self.lines is not None:
            because = "" if action.deed is Deed.WAITS else action.why
            told = Line(at=action.at, who="journey", text=said(action), because=because)
            texted = action.what if action.deed is Deed.TEXTED else ""
            self.lines.append(replace(told, until=action.until, texted=texted))

    def _count(self, action: Action) -> None:
        match action.deed:
            case Deed.MAILED:
                self.mails.append(action.at)
                self.tally.mailed[action.step] += 1
            case Deed.DREW:
                self.shares[action.step] = action.what
                self.tally.shares[action.step, action.what] += 1
            case Deed.CLOSED:
                self.tally.ended[action.what] += 1
            case Deed.WITHHELD | Deed.LEFT_OUT | Deed.PUT_OFF:
                self.tally.told[action.step, f"{action.deed}: {action.why}"] += 1
            case Deed.DECIDED | Deed.ANSWERED:
                self.tally.told[action.step, f"{action.deed}: {action.what}"] += 1
            case Deed.WAITS:
                pass
            case _:
                self.tally.told[action.step, str(action.deed)] += 1

    def finish(self, ended_at: datetime, *, inside: bool) -> Tally:
        tally = self.tally
        if self.entered_at is None:
            return tally
        tally.entered, tally.inside = 1, int(inside)
        tally.seconds_inside = (ended_at - self.entered_at).total_seconds()
        tally.mails_per_lead[len(self.mails)] = 1
        tally.most_in_a_week[_most_in_a_week(self.mails)] = 1
        for split, share in self.shares.items():
            tally.share_mails[split, share] += len(self.mails)
        if self.goal_at:
            self._reached(self.goal_at - self.entered_at)
        return tally

    def _reached(self, after: timedelta) -> None:
        seconds = int(after.total_seconds())
        within = self.journey.goal.within if self.journey.goal else seconds
        self.tally.goals.append(seconds)
        self.tally.in_time += int(seconds <= within)
        for split, share in self.shares.items():
            self.tally.share_goals[split, share] += 1


def _most_in_a_week(mails: list[datetime]) -> int:
    return max((sum(at <= each < at + WEEK for each in mails) for at in mails), default=0)


def said(action: Action) -> str:
    what = f" {action.what}" if action.what else ""
    if action.deed is Deed.WAITS:
        return f"waits for{what}" if what else "waits"
    if action.deed is Deed.DECIDED:
        return f"{action.step}: takes the way{what or ' of all others'}"
    if action.deed is Deed.DREW:
        return f"{action.step}: falls into{what}"
    if action.deed is Deed.CLOSED:
        then = action.values.get("then")
        return f"leaves:{what}" + (f"; {then} follows" if then else "")
    told = ", ".join(f"{name} {value}" for name, value in action.values.items())
    return " ".join(filter(None, (f"{action.deed}{what}", told)))
