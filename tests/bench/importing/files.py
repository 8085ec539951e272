"""A file of so many leads, and an import of it into a table that keeps nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coldframe.domain.gate import Gate
from coldframe.domain.profile import Profile
from coldframe.services.importing import Importing
from infra.playbook import CompiledClient
from workbench.importing.pacing import Pace
from workbench.importing.preparing import Rows, prepared
from workbench.importing.progress import Progress
from workbench.importing.rejects import rejects
from workbench.importing.running import Run, Told
from workbench.importing.survey import Survey

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEAD = "email,first_name,guests,phone,note\n"


def written(path: Path, leads: int) -> Path:
    """One row in a hundred is bad, one in fifty stands there twice."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(leads):
            name = number - 1 if number % 50 == 49 else number
            guests = "many" if number % 100 == 7 else str(number % 300)
            row = f'lead{name}@example.com,Lead {name},{guests},+43664{1000000 + name},"a, note"\n'
            file.write(row)
    return path


class Nobody:
    """Ports of a table in which nobody stands, and that forgets what it is told."""

    def of(self, _leads: Collection[str]) -> Mapping[str, Any]:
        return {}

    def get(self, lead: str) -> Any:
        return Gate(lead=lead)

    def since(self, _lead: str, _at: datetime) -> list[Any]:
        return []

    def forbid(self, *_: object) -> None:
        return None

    def save(self, _before: Profile | None, _after: Profile, *_: object) -> None:
        return None

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True, slots=True)
class Measured:
    told: Told
    survey: Survey


def imported(path: Path, book: CompiledClient, *, threads: int = 1) -> Measured:
    ready, nobody = prepared(path, book, mapping=None), Nobody()
    rows = Rows(prepared=ready, compiled=book, key=b"a key", lenient=False)
    survey = Survey()
    survey.take(rows())
    ports: Any = nobody
    importing = Importing(
        profiles=ports,
        gates=ports,
        touchpoints=ports,
        reactions=book.reactions,
        clock=ports,
        name="bench",
    )
    with rejects(path.with_suffix(".rejects"), ready.header) as rejected:
        run = Run(
            importing=importing,
            survey=survey,
            rejects=rejected,
            progress=Progress(path=path.with_suffix(".progress"), began=NOW),
            pace=Pace(units=1e9),
            write=True,
            threads=threads,
        )
        return Measured(run(rows()), survey)
