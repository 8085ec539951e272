"""The sweep's alarm: one schedule that stands at the earliest due instant.

The item is moved first, under a condition, then the schedule; then the item is read again, and
the schedule follows it until both agree. So of two who move it at once the earlier instant holds
whatever the order of their calls, and who repeats after a crash in between makes it right.

An alarm about to ring may ring before the index shows what is armed now. So whoever comes that
late leaves its own instant behind the alarm, where the sweep finds it when it moves the alarm on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from coldframe.adapters.attributes import Item, instant_or_none
from coldframe.adapters.aws import faults_named
from coldframe.adapters.table import ConditionFailed, Table
from coldframe.domain.errors import Transient

if TYPE_CHECKING:
    from types_boto3_scheduler import EventBridgeSchedulerClient

    from coldframe.services.ports import Clock

ARMED = ("SWEEP", "ARMED")
SCHEDULE = "sweep"
SOON = timedelta(seconds=60)
"""The Scheduler's precision: an instant that passed less than this ago may still fire."""
SURELY_AHEAD = timedelta(seconds=10)
"""Long enough for what is due to be in the index when the alarm rings."""
ROUNDS = 8
KEPT = (
    "Target",
    "FlexibleTimeWindow",
    "Description",
    "ActionAfterCompletion",
    "KmsKeyArn",
    "StartDate",
    "EndDate",
)


@dataclass(frozen=True, slots=True)
class ScheduledSweep:
    table: Table
    scheduler: EventBridgeSchedulerClient
    group: str
    clock: Clock
    _met: list[datetime] = field(default_factory=list)
    """The instant at which this container last met the alarm."""

    def arm(self, at: datetime) -> None:
        """An equal instant counts as mine: a retry after a crash moves the schedule.

        An alarm that stands ahead is never moved back, and when it rings the index is asked for
        all that is due: so one that was met, and is early enough, need not be asked about again.
        """
        if any(self.clock.now() + SURELY_AHEAD < met <= at for met in self._met):
            return None
        for _ in range(ROUNDS):
            if not (standing := self._claim(at)):
                self._follow(at)
                self._met[:] = [at]
                return None
            if standing > self.clock.now() + SURELY_AHEAD:
                self._met[:] = [standing]
                return None
            if standing > self.clock.now():
                if self._left_behind(standing, at):
                    return None
                continue
            soon = min(at, self.clock.now() + SOON)
            if self._move(standing, soon):
                return self._follow(soon)
        raise Transient("SweepAlarmContended")

    def rearm(self, earliest: datetime | None) -> None:
        """An instant that somebody armed meanwhile, and still lies ahead, is never moved back."""
        soon = max(earliest, self.clock.now() + SOON) if earliest else None
        for _ in range(ROUNDS):
            item = self.table.get(ARMED)
            standing, behind = _armed_at(item), _behind(item)
            ahead = standing if standing and standing > self.clock.now() else None
            left = max(behind, self.clock.now() + SOON) if behind and not ahead else None
            at = min(filter(None, [ahead, soon, left]), default=None)
            if standing != at and not self._move(standing, at, behind=behind if left else None):
                continue
            return self._follow(at) if at else None
        raise Transient("SweepAlarmContended")

    def _standing(self) -> datetime | None:
        return _armed_at(self.table.get(ARMED))

    def _claim(self, at: datetime) -> datetime | None:
        """None: it is ours. Otherwise the earlier instant that stands there."""
        try:
            self.table.write(
                self.table.update(
                    ARMED,
                    "SET #armed_at = :at",
                    when="attribute_not_exists(#armed_at) OR #armed_at >= :at",
                    values={"at": at},
                )
            )
        except ConditionFailed as stands:
            return _armed_at(stands.item) or self._standing()
        return None

    def _left_behind(self, standing: datetime, at: datetime) -> bool:
        """The earliest of those who came that late; False: the alarm no longer stood there."""
        leave = self.table.update(
            ARMED,
            "SET #behind = :at",
            when="#armed_at = :standing AND (attribute_not_exists(#behind) OR #behind > :at)",
            values={"at": at, "standing": standing},
        )
        try:
            self.table.write(leave)
        except ConditionFailed as stands:
            return _armed_at(stands.item) == standing
        return True

    def _move(
        self, standing: datetime | None, to: datetime | None, *, behind: datetime | None = None
    ) -> bool:
        """False: it no longer stood there. ``behind``: what was left there, and is over now."""
        if standing is None and to is None:
            return True
        when = "#armed_at = :standing" if standing else "attribute_not_exists(#armed_at)"
        held = {"standing": standing, "behind": behind, "to": to}
        values = {name: at for name, at in held.items() if at}
        sets, gone = "SET #armed_at = :to" if to else "", [] if to else ["#armed_at"]
        if behind:
            when, gone = f"{when} AND #behind = :behind", [*gone, "#behind"]
        do = f"{sets} REMOVE {', '.join(gone)}" if gone else sets
        with suppress(ConditionFailed):
            self.table.write(self.table.update(ARMED, do, when=when, values=values))
            return True
        return False

    def _follow(self, at: datetime) -> None:
        """Whoever moves the item follows it, so one who found the schedule there needs no look."""
        for _ in range(ROUNDS):
            if not self._schedule(at):
                return
            standing = self._standing()
            if standing is None or standing == at:
                return
            at = standing
        raise Transient("SweepAlarmContended")

    def _schedule(self, at: datetime) -> bool:
        """One UpdateSchedule with all that GetSchedule told; False: it stands there already."""
        expression = f"at({_whole_second(max(at, self.clock.now() + timedelta(seconds=1)))})"
        with faults_named():
            now: Any = self.scheduler.get_schedule(Name=SCHEDULE, GroupName=self.group)
            if now.get("ScheduleExpression") == expression and now.get("State") == "ENABLED":
                return False
            self.scheduler.update_schedule(
                Name=SCHEDULE,
                GroupName=self.group,
                ScheduleExpression=expression,
                ScheduleExpressionTimezone="UTC",
                State="ENABLED",
                **{key: now[key] for key in KEPT if now.get(key)},
            )
        return True


@dataclass(frozen=True, slots=True)
class SeldomArmed:
    """For functions that hardly ever need it: the Scheduler's client is made when one does."""

    make: Callable[[], ScheduledSweep]

    def arm(self, at: datetime) -> None:
        self.make().arm(at)

    def rearm(self, earliest: datetime | None) -> None:
        self.make().rearm(earliest)


def _armed_at(item: Item | None) -> datetime | None:
    """None: it stands nowhere; a sweep that found nothing ahead leaves an empty item."""
    return instant_or_none(item.get("armed_at")) if item else None


def _behind(item: Item | None) -> datetime | None:
    return instant_or_none(item.get("behind")) if item else None


def _whole_second(at: datetime) -> str:
    """Up, never down: a sweep that comes early finds nothing."""
    up = at.astimezone(UTC) + timedelta(seconds=1) - timedelta(microseconds=1)
    return f"{up:%Y-%m-%dT%H:%M:%S}"
