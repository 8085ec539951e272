"""One import, from the first line of a file to the last: surveyed, then taken, and resumable."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from coldframe.adapters.progress import PLACE
from infra.place import Place
from infra.playbook.compiled import CompiledClient
from workbench.importing.pacing import Pace
from workbench.importing.preparing import Prepared, Rows, importing
from workbench.importing.progress import Progress, name_of, progress
from workbench.importing.rejects import rejects
from workbench.importing.rows import Row
from workbench.importing.running import BATCH, LOOKED_AT, THREADS, Queue, Run, Told
from workbench.importing.survey import Survey
from workbench.leads.sources import Reached
from workbench.operating.resuming import NotSwept, sweep

RING_EVERY: Final = 5000
"""Lines: what they made due waits no longer than that takes."""

Watched = Callable[[Iterable[Row], str, int | None], Iterable[Row]]
"""Shows how far a walk has come: its rows, what it does, and how many there are."""


def unwatched(rows: Iterable[Row], _about: str, _total: int | None) -> Iterable[Row]:
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """``dry``: nothing is written but the rejects; ``kept``: where the progress is."""

    place: Reached
    book: CompiledClient
    prepared: Prepared
    name: str
    rejects: Path
    kept: Path
    units: float
    dry: bool = False
    lenient: bool = False
    queue: Queue | None = None
    watched: Watched = unwatched
    say: Callable[[str], None] = lambda _: None
    batch: int = BATCH
    threads: int = THREADS

    def __call__(self) -> Told:
        if not self._is_deployed():
            self.say(
                "the folder says other things than what is deployed: leads are learned by the"
                " folder's, and anew by the deployed when they next do something"
            )
        survey = Survey()
        survey.take(self.watched(self._rows(), "reading the file", None))
        stand = self._stand()
        pace = Pace(units=LOOKED_AT if self.dry else self.units)
        if not self.dry:
            pace.watch(self.place.deployed.records.table.client)
        with rejects(self.rejects, self.prepared.header) as rejected:
            run = Run(
                importing=importing(self.place, self.book, name=self.name),
                survey=survey,
                rejects=rejected,
                progress=stand,
                pace=pace,
                write=not self.dry,
                queue=replace(self.queue, first=stand.queued) if self.queue else None,
                after_batch=_Bell(self),
                batch=self.batch,
                threads=self.threads,
            )
            told = run(iter(self.watched(self._rows(), "importing", survey.rows)))
        if not self.dry:
            self.ring()
            stand.finish()
        return told

    def _is_deployed(self) -> bool:
        """By what all leads were brought up to last; unknown before the first sweep."""
        known = self.place.deployed.records.table.get(PLACE)
        return known is None or known["version"] == self.book.reactions.version

    def ring(self) -> None:
        """The daily sweep makes up for one that failed."""
        client = self.book.client
        place = Place(client=client.client, environment=client.environment)
        try:
            sweep(self.place.client, place)
        except NotSwept as problem:
            self.say(f"{problem}; what the import made due waits for the next sweep")

    def _rows(self) -> Iterator[Row]:
        key = self.place.deployed.keys().id
        return Rows(prepared=self.prepared, compiled=self.book, key=key, lenient=self.lenient)()

    def _stand(self) -> Progress:
        now = self.place.now()
        if self.dry:
            return Progress(path=None, began=now)
        parts = (repr(self.prepared.mapping), self.place.where, str(self.queue is not None))
        name = name_of(self.prepared.file.path, *parts)
        stand = progress(self.kept / f"{name}.json", now=now)
        if stand.line:
            self.say(f"going on behind line {stand.line:,}, where it stopped")
        return stand


@dataclass(slots=True)
class _Bell:
    """Rings the sweep now and then: what imports made due stands in the index, unheard."""

    of: Import
    rung_at: int = 0

    def __call__(self, line: int) -> None:
        if not self.of.dry and line - self.rung_at >= RING_EVERY:
            self.rung_at = line
            self.of.ring()
