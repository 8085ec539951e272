"""A client's folder as it was: another folder, or a git revision of this one."""

import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.record import LeadRecord


class NoSuchRevision(RuntimeError):
    """The text says what was asked for."""


@contextmanager
def as_it_was(folder: Path, against: str) -> Iterator[Path]:
    """``against``: a folder, or a git revision, e.g. `HEAD` or `v12`."""
    other = Path(against)
    if other.is_dir():
        yield other
        return
    if against.startswith("-"):
        raise NoSuchRevision(f"{against!r} is no folder and no git revision")
    with TemporaryDirectory() as directory:
        archive = _git(folder, "archive", "--format=tar", against, ".")
        with tarfile.open(fileobj=BytesIO(archive)) as held:
            held.extractall(Path(directory) / folder.name, filter="data")
        yield Path(directory) / folder.name


def _git(folder: Path, *words: str) -> bytes:
    command = ["git", "-C", str(folder), *words]
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 - git, and a revision that git itself judges
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", b"").decode(errors="replace").strip()
        raise NoSuchRevision(f"{words[-2]!r} is no folder and no git revision: {told}") from error


def standing(records: Iterable[LeadRecord]) -> Counter[tuple[str, str]]:
    """(journey, step) → how many leads stand there."""
    return Counter(
        (enrolment.journey, enrolment.step)
        for record in records
        for enrolment in record.enrolments
        if enrolment.status is not EnrolmentStatus.CLOSED
    )
