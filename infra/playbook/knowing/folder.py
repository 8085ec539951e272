"""The four files as they lie in a client's folder, or what we start a client with."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from infra.playbook.knowing.content_file import read_content
from infra.playbook.knowing.named_files import read_personas, read_segments
from infra.playbook.knowing.scoring_file import read_scoring
from infra.playbook.knowing.source import ContentSource, KnowingSource, ScoringSource
from infra.reading.documents import read_yaml
from infra.reading.nodes import Node
from infra.reading.problems import Problems

T = TypeVar("T")
BUILT_IN: Final = Path(__file__).parents[1] / "built_in"


class _Read(NamedTuple):
    root: Node | None
    own: bool


def read_knowing(folder: Path, problems: Problems) -> KnowingSource:
    segments = _root(folder, "segments.yaml", problems)
    scoring = _root(folder, "scoring.yaml", problems)
    return KnowingSource(
        segments=read_segments(segments.root) if segments.root else None,
        personas=_optional(folder, "personas.yaml", problems, read_personas) or (),
        scoring=read_scoring(scoring.root) if scoring.root else ScoringSource(),
        content=_optional(folder, "content.yaml", problems, read_content) or ContentSource(),
        own_scoring=scoring.own,
        own_segments=segments.own,
    )


def _root(folder: Path, name: str, problems: Problems) -> _Read:
    own = folder / name
    path = own if own.exists() else BUILT_IN / name
    return _Read(read_yaml(path, name=name, problems=problems), own.exists())


def _optional(folder: Path, name: str, problems: Problems, read: Callable[[Node], T]) -> T | None:
    if not (folder / name).exists():
        return None
    root = read_yaml(folder / name, name=name, problems=problems)
    return read(root) if root else None
