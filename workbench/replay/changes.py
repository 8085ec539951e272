"""Every decision that is another one now: what the record says of a lead against its replay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from workbench.replay.matching import matched
from workbench.replay.telling import absent, ending, kind_of, listed, moment, name_of, told_of

if TYPE_CHECKING:
    from workbench.replay.outcome import Act, Outcome, Passage, Told
    from workbench.replay.past import Known

NOT: Final = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    kind: str
    """enrolment | exit | branch | mail | notice | webhook | time | letter | told | verdict | known
    | unreadable"""
    at: datetime
    """When it was decided, in the record or else now."""
    journey: str = ""
    what: str = ""
    was: str
    now: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """``until``: what one side alone does within ``tolerance`` of this isn't told: the other may
    have been just about to."""

    until: datetime
    tolerance: timedelta

    def changes(self, was: Outcome, now: Outcome) -> list[Change]:
        found = [
            *self._passages(was, now),
            *self._letters(was.letters, now.letters),
            *self._told(was.told, now.told),
            *self._verdicts(was, now),
            *self._known(was.known, now.known),
            *(
                self._change("unreadable", self.until, what=name, was="read", now=error)
                for name, error in now.unreadable.items()
            ),
        ]
        return sorted(found, key=lambda each: (each.at, each.journey, each.kind, each.what))

    def _passages(self, was: Outcome, now: Outcome) -> Iterator[Change]:
        for before, after in matched(was.passages, now.passages):
            yield from self._entered(before, after)
            yield from self._acts(before, after)
            if before and after:
                yield from self._arms(before, after)
                yield from self._exit(before, after)
                yield from self._times(before, after)

    def _entered(self, was: Passage | None, now: Passage | None) -> Iterator[Change]:
        one = was or now
        if one is None or (was and now) or self._too_late(one.entered_at):
            return
        at = one.entered_at
        words = [f"entered {moment(at)}", "not entered"]
        before, after = words if was else words[::-1]
        yield self._change("enrolment", at, one.journey, was=before, now=after)

    def _acts(self, was: Passage | None, now: Passage | None) -> Iterator[Change]:
        one = was or now
        before, after = (was.acts if was else {}), (now.acts if now else {})
        for key in [*before, *(key for key in after if key not in before)]:
            mine, its = before.get(key), after.get(key)
            act = mine or its
            same = mine and its and _same(mine, its)
            alone = mine is None or its is None
            if act is None or one is None or same or (alone and self._too_late(act.at)):
                continue
            yield self._change(
                kind_of(act),
                act.at,
                one.journey,
                what=name_of(act, key),
                was=told_of(mine) if mine else absent(was),
                now=told_of(its) if its else absent(now),
            )

    def _arms(self, was: Passage, now: Passage) -> Iterator[Change]:
        for step in [*was.arms, *(step for step in now.arms if step not in was.arms)]:
            mine, its = was.arms.get(step), now.arms.get(step)
            if mine != its:
                yield self._change(
                    "branch",
                    self._arm_at(was, now),
                    was.journey,
                    what=step,
                    was=mine or "not asked",
                    now=its or "not asked",
                    because=now.because.get(step, "") if its else "",
                )

    def _arm_at(self, was: Passage, now: Passage) -> datetime:
        """Before all that follows: the record has no better instant for both."""
        return min(was.entered_at, now.entered_at)

    def _exit(self, was: Passage, now: Passage) -> Iterator[Change]:
        if was.reason == now.reason:
            return
        at = min(filter(None, (was.ended_at, now.ended_at)), default=self.until)
        if (was.ended_at is None or now.ended_at is None) and self._too_late(at):
            return
        yield self._change("exit", at, was.journey, was=ending(was), now=ending(now))

    def _times(self, was: Passage, now: Passage) -> Iterator[Change]:
        """Each time that a wait ends by itself: what only follows from it isn't told again."""
        later = _beyond(now.entered_at - was.entered_at, self.tolerance)
        for at, then, key, act in _both(was, now):
            before, later = later, _beyond(then - at, self.tolerance)
            if later and abs((then - at) - before) > self.tolerance:
                what = name_of(act, key) if act else "end"
                told = {"was": moment(at), "now": moment(then)}
                yield self._change("time", at, was.journey, what=what, **told)

    def _letters(self, was: Mapping[str, Act], now: Mapping[str, Act]) -> Iterator[Change]:
        for message, before in was.items():
            after = now.get(message)
            if after and not _same(before, after):
                told = {"was": told_of(before), "now": told_of(after)}
                yield self._change("letter", before.at, what=before.what, **told)

    def _told(self, was: Mapping[str, Told], now: Mapping[str, Told]) -> Iterator[Change]:
        for key in [*was, *(key for key in now if key not in was)]:
            before, after = was.get(key), now.get(key)
            one = before or after
            alone = before is None or after is None
            if one is None or (alone and self._too_late(one.at)):
                continue
            words = [each.what if each else NOT for each in (before, after)]
            if words[0] != words[1]:
                yield self._change("told", one.at, was=words[0], now=words[1])

    def _verdicts(self, was: Outcome, now: Outcome) -> Iterator[Change]:
        for message, verdict in was.verdicts.items():
            other = now.verdicts.get(message)
            if other and other != verdict:
                yield self._change("verdict", self.until, what=message, was=verdict, now=other)

    def _known(self, was: Known, now: Known) -> Iterator[Change]:
        for name in dict.fromkeys([*was, *now]):
            before, after = was.get(name, ()), now.get(name, ())
            if listed(before) != listed(after):
                told = {"was": listed(before), "now": listed(after)}
                yield self._change("known", self.until, what=name, **told)

    def _too_late(self, at: datetime) -> bool:
        return at > self.until - self.tolerance

    def _change(
        self,
        kind: str,
        at: datetime,
        journey: str = "",
        *,
        was: str,
        now: str,
        what: str = "",
        because: str = "",
    ) -> Change:
        return Change(
            kind=kind, at=at, journey=journey, what=what, was=was, now=now, because=because
        )


def _same(was: Act, now: Act) -> bool:
    return was.went is now.went and (was.went or was.why == now.why)


def _both(was: Passage, now: Passage) -> list[tuple[datetime, datetime, str, Act | None]]:
    """What happened in both, and when; in the record's order. The end only after the same acts."""
    acts: list[tuple[datetime, datetime, str, Act | None]] = [
        (act.at, now.acts[key].at, key, act)
        for key, act in was.acts.items()
        if key in now.acts and _same(act, now.acts[key])
    ]
    same_way = was.acts.keys() == now.acts.keys()
    if was.ended_at and now.ended_at and was.reason == now.reason and same_way:
        acts.append((was.ended_at, now.ended_at, "~", None))
    return sorted(acts, key=lambda each: (each[0], each[2]))


def _beyond(later: timedelta, tolerance: timedelta) -> timedelta:
    return later if abs(later) > tolerance else timedelta()
