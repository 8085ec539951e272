"""What lies in a client's folder and is read by nobody: most likely a name misspelt."""

from pathlib import Path
from typing import Final

from infra.reading.problems import Problems, Spot, did_you_mean

_PARTS: Final = {
    *("client.yaml", "fields.yaml", "events.yaml", "README.md"),
    *("segments.yaml", "personas.yaml", "scoring.yaml", "content.yaml", "costs.yaml"),
    *("forms", "journeys", "broadcasts", "emails", "texts", "files"),
}


def report_strangers(folder: Path, problems: Problems) -> None:
    for name in sorted(path.name for path in folder.glob("*")):
        spot = Spot(file=name, line=1, path="", problems=problems)
        if name not in _PARTS and not name.startswith("."):
            spot.report(f"is not read{did_you_mean(name, _PARTS)}")
