"""A copy of the bakery's folder that a test may spoil."""

from pathlib import Path
from shutil import copy, copytree

from infra.playbook import PlaybookProblems, compile_client

CLIENTS = Path(__file__).parents[3] / "clients"
LEFT_OUT = (
    *("journeys/wedding.yaml", "emails/wedding-*", "broadcasts/[!b]*"),
    *("journeys/[!w]*", "emails/order-*", "emails/regulars-*"),
    *("emails/after-*", "emails/first-*", "emails/*.de.md", "texts/*.de.txt"),
    *("segments.yaml", "personas.yaml", "scoring.yaml", "content.yaml"),
)


def bakery(tmp_path: Path) -> Path:
    """The welcome alone, and nothing concluded, so that fields and events may be replaced.

    The lines that lead editors to schemas are left out: lines count from the client's own words.
    """
    folder = copytree(CLIENTS / "bakery", tmp_path / "bakery")
    for path in folder.rglob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[lines[0].startswith("# yaml-") :]), encoding="utf-8")
    for pattern in LEFT_OUT:
        for path in folder.glob(pattern):
            path.unlink()
    client = folder / "client.yaml"
    told = client.read_text(encoding="utf-8").partition("\nwebhooks:")[0]
    client.write_text(f"{told}\n", encoding="utf-8")
    return folder


def bakery_in_two_languages(tmp_path: Path) -> Path:
    """All of its mails but the monthly letter."""
    folder = bakery(tmp_path)
    for mail in ("cake-guide", "case-study", "reminder", "tasting-invitation"):
        copy(CLIENTS / f"bakery/emails/{mail}.de.md", folder / "emails")
    return folder


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
