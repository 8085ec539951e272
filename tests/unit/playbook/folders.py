"""A copy of the bakery's folder that a test may spoil."""

from pathlib import Path
from shutil import copytree

from infra.playbook import PlaybookProblems, compile_client

CLIENTS = Path(__file__).parents[3] / "clients"


def bakery(tmp_path: Path) -> Path:
    return copytree(CLIENTS / "bakery", tmp_path / "bakery")


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer says {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path, *, environment: str = "dev") -> list[str]:
    try:
        compile_client(folder, environment=environment)
    except PlaybookProblems as found:
        return [str(problem) for problem in found.problems]
    return []
