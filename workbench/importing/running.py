"""The second walk through a file: each lead is looked at, and, unless it is a dry run, written."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, Protocol

from coldframe.domain.importing import ImportedLead, Judged, Verdict, touchpoint_of
from coldframe.services.importing import Importing
from workbench.importing.pacing import Pace
from workbench.importing.progress import Progress
from workbench.importing.rejects import Rejects
from workbench.importing.rows import Row
from workbench.importing.survey import Survey

BATCH: Final = 50
THREADS: Final = 8
EXAMPLES: Final = 5
LOOKED_AT: Final = 400.0
"""Leads a second, where nothing is written."""
REJECTED, DUPLICATE, LEFT_OUT = "rejected", "duplicate", "left out"
ERASED: Final = "had everything deleted; an import brings nobody back"


class Starting(Protocol):
    def __call__(self, lead: str, *, cause: str, at: datetime) -> bool:
        """Queue the lead for a journey; False: it doesn't come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """So many starts ``an_hour``; an import that goes on after a rest doesn't catch up."""

    start: Starting
    an_hour: float
    since: datetime
    first: int = 0
    """How many an earlier run queued."""

    def at(self, number: int) -> datetime:
        return self.since + timedelta(hours=(number - self.first) / self.an_hour)


@dataclass(slots=True, kw_only=True)
class Told:
    """What an import did, or would do."""

    counts: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    lacking: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """``write`` is False for a dry run."""

    importing: Importing
    survey: Survey
    rejects: Rejects
    progress: Progress
    pace: Pace
    write: bool
    queue: Queue | None = None
    after_batch: Callable[[int], None] = lambda _: None
    """Is told the last line that is done."""
    batch: int = BATCH
    threads: int = THREADS

    def __call__(self, rows: Iterator[Row]) -> Told:
        told = Told(counts=Counter(self.progress.counts))
        with ThreadPoolExecutor(max_workers=self.threads) as threads:
            while batch := list(islice(rows, self.batch)):
                fresh = [row for row in batch if row.record.line > self.progress.line]
                leads = [lead for row in batch if (lead := self._sorted(row, told))]
                coming = [each for each in leads if each.line > self.progress.line]
                self._take(coming, told, threads)
                for row in fresh:
                    if row.record.line in self.progress.erased:
                        self.rejects.add(row.record, "", ERASED)
                if fresh:
                    self._done(batch[-1].record.line, told)
        return told

    def _sorted(self, row: Row, told: Told) -> ImportedLead | None:
        """Rejects are written for all lines, also those that an earlier run has done."""
        again = row.record.line <= self.progress.line
        self._note(row, told, again=again)
        lead = row.lead
        if lead is None:
            return None
        if line := self.survey.overtaken_by(lead.lead, lead.line):
            self.rejects.add(
                row.record, "", f"the same address stands on line {line}, which counts"
            )
            told.counts[DUPLICATE] += not again
            return None
        if again and lead.line in self.progress.erased:
            self.rejects.add(row.record, "", ERASED)
        return replace(lead, unsubscribed=self.survey.has_left(lead.lead))

    def _note(self, row: Row, told: Told, *, again: bool) -> None:
        for problem in row.problems:
            self.rejects.add(row.record, problem.column, problem.why)
            told.reasons[problem.column, problem.why] += 1
        for topic, part in row.lacking.items():
            told.lacking[topic, part] += 1
        if not again and row.lead is None:
            told.counts[LEFT_OUT if row.left_out else REJECTED] += 1

    def _take(self, leads: Sequence[ImportedLead], told: Told, threads: ThreadPoolExecutor) -> None:
        if not leads:
            return
        known = self.importing.known([each.lead for each in leads])
        if self.write:
            found = list(threads.map(lambda each: self.importing(each, known[each.lead]), leads))
            self.pace.rest()
        else:
            found = [self.importing.judge(each, known[each.lead]) for each in leads]
            self.pace.spend(len(leads))
            self.pace.rest()
        for lead, judged in zip(leads, found, strict=True):
            self._count(lead, judged, told)

    def _count(self, lead: ImportedLead, judged: Judged, told: Told) -> None:
        told.counts[judged.verdict.value] += 1
        told.fields.update(judged.changes)
        told.held.update(judged.held)
        if judged.verdict is Verdict.ERASED:
            self.progress.erased.append(lead.line)
        if judged.verdict is Verdict.CHANGED and len(told.examples) < EXAMPLES:
            told.examples.append((lead.line, judged.changes))
        if self._may_start(lead, judged) and self.queue:
            told.counts["started"] += self._queued(lead, self.queue)

    def _may_start(self, lead: ImportedLead, judged: Judged) -> bool:
        stays = not judged.held and not lead.unsubscribed
        return judged.verdict is not Verdict.ERASED and stays and bool(judged.topics)

    def _queued(self, lead: ImportedLead, queue: Queue) -> bool:
        if not self.write:
            return True
        cause = touchpoint_of(lead, name=self.importing.name, now=self.progress.began).id
        begun = queue.start(lead.lead, cause=cause, at=queue.at(self.progress.queued))
        self.progress.queued += begun
        return begun

    def _done(self, line: int, told: Told) -> None:
        if self.write:
            self.progress.line = line
            self.progress.counts = Counter(told.counts)
            self.progress.keep()
        self.after_batch(line)
