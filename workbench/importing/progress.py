"""How far an import has come: a small file on this machine, moved on after every batch."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any


@dataclass(slots=True, kw_only=True)
class Progress:
    """``path``: None where nothing is to be kept."""

    path: Path | None
    began: datetime
    line: int = 0
    """All up to this one is done."""
    counts: Counter[str] = field(default_factory=Counter)
    erased: list[int] = field(default_factory=list)
    """Lines of leads who were erased; only the table knows them."""
    queued: int = 0

    def keep(self) -> None:
        """Whole or not at all: a crash leaves the one before."""
        if self.path is None:
            return
        told = {
            "began": self.began.isoformat(),
            "line": self.line,
            "counts": dict(self.counts),
            "erased": self.erased,
            "queued": self.queued,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(told), encoding="utf-8")
        fresh.replace(self.path)

    def finish(self) -> None:
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def progress(path: Path, *, now: datetime) -> Progress:
    """What a run that ended early left, or a new beginning."""
    try:
        told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Progress(
            path=path,
            began=datetime.fromisoformat(told["began"]),
            line=int(told["line"]),
            counts=Counter(told["counts"]),
            erased=list(told["erased"]),
            queued=int(told["queued"]),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Progress(path=path, began=now)


def name_of(file: Path, *parts: str) -> str:
    """The same file, read the same way, for the same client."""
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return sha256("\0".join((digest, *parts)).encode()).hexdigest()[:24]
