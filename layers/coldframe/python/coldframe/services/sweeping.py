"""What has become due happens: ticks, resumed enrolments, broadcasts that go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import TO_STAND
from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import TICK, record
from coldframe.services.colleagues import TellingColleagues
from coldframe.services.moving import Moving
from coldframe.services.relearning import Relearning
from coldframe.services.resuming import Resume, Resuming

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Remaining, Touchpoints
    from coldframe.services.ports.due import Alarm, Broadcasts, DueIndex, DueItem, Instant


TICKS = frozenset({"O", "P"})
"""What the keys begin with of what is given a tick: a mail's evidence, the lead itself."""
TIME_TO_END = 10.0
"""Seconds kept back for setting the alarm."""
ONCE_MORE = timedelta(hours=1)
"""A tick that brought nothing about (its record was lost) is given again after this, by whichever
sweep comes next: the daily one at the latest."""


@dataclass(slots=True, kw_only=True)
class _Round:
    """One sweep: what it met on its way through the index."""

    began: datetime
    met: int = 0
    """So many items were due."""
    ahead: datetime | None = None
    """What comes next, as the index told on the way."""
    ticked: set[Instant] = field(default_factory=set)
    resumed: bool = False
    failed: dict[str, Exception] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping:
    due: DueIndex
    touchpoints: Touchpoints
    resuming: Resuming
    moving: Moving
    colleagues: TellingColleagues
    relearning: Relearning
    broadcasts: Broadcasts
    alarm: Alarm
    clock: Clock

    def __call__(self, remaining: Remaining) -> Mapping[str, Exception]:
        """What failed, by the due item's key; the others are done. They are due again next time."""
        this = _Round(began=self.clock.now())
        for item in self.due.coming(this.began):
            if remaining() < TIME_TO_END:
                self.alarm.arm(self.clock.now())
                return this.failed
            self._meet(item, this)
        met = this.met
        self.alarm.rearm(self.due.earliest(but=this.ticked) if met else this.ahead)
        if this.resumed:
            self.alarm.arm(self.clock.now() + TO_STAND)
        self.relearning(remaining, time_to_end=TIME_TO_END)
        return this.failed

    def _meet(self, item: DueItem, this: _Round) -> None:
        now = this.began
        if item.due_at > now:
            this.ahead = min(filter(None, [this.ahead, item.due_at]))
            return
        this.met += 1
        try:
            if item.key.partition("#")[0] in TICKS:
                self._tick(item, now)
                this.ticked.add((item.lead, item.key, item.due_at))
            else:
                this.resumed |= self._happen(item)
        except Exception as error:  # noqa: BLE001 - what is due for one lead holds up no other
            this.failed[f"{item.lead}/{item.key}"] = error

    def _happen(self, item: DueItem) -> bool:
        """Whether a run was begun: the index may tell of it too late for this sweep's alarm."""
        prefix, _, rest = item.key.partition("#")
        match prefix:
            case "I":
                self.moving(item.lead, rest)
            case "C" if not rest:
                self.colleagues(item.lead)
            case "E":
                return self.resuming(Resume(lead=item.lead, enrolment=rest, armed=True))
            case "W":
                broadcast, _, scheduled_at = rest.rpartition("#")
                self.broadcasts.go_on(broadcast, datetime.fromisoformat(scheduled_at), item.lead)
            case _:
                self.broadcasts.go_on(item.lead, datetime.fromisoformat(item.key))
        return False

    def _tick(self, item: DueItem, now: datetime) -> None:
        """Dated with the instant it stands for; swept twice, it is still one tick.

        Its reaction follows from the stream, which loses nothing, and puts the item elsewhere.
        """
        again = max(now - item.due_at, timedelta()) // ONCE_MORE
        self.touchpoints.append(
            record(
                lead=item.lead,
                kind=TICK,
                source="sweep",
                received_at=now,
                occurred_at=item.due_at,
                data={"about": item.key},
                own_id=f"{item.key}@{text_of(item.due_at)}+{again}",
            )
        )
