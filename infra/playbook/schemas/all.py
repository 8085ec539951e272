"""Every YAML file of a client's folder with its schema, and the files that editors read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from infra.playbook.schemas.building import Schema
from infra.playbook.schemas.client import CLIENT
from infra.playbook.schemas.folder import BROADCAST, COSTS, EVENTS, FIELDS, FORM
from infra.playbook.schemas.journey import JOURNEY
from infra.playbook.schemas.knowing import CONTENT, PERSONAS, SCORING, SEGMENTS
from infra.playbook.schemas.steps import DEFINITIONS

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
PLACE: Final = "docs/schemas"
SCHEMAS: Final[Mapping[str, tuple[str, Schema]]] = {
    "client": ("client.yaml", CLIENT),
    "fields": ("fields.yaml", FIELDS),
    "events": ("events.yaml", EVENTS),
    "form": ("forms/*.yaml", FORM),
    "journey": ("journeys/*.yaml", {**JOURNEY, "$defs": DEFINITIONS}),
    "broadcast": ("broadcasts/*.yaml", BROADCAST),
    "segments": ("segments.yaml", SEGMENTS),
    "personas": ("personas.yaml", PERSONAS),
    "scoring": ("scoring.yaml", SCORING),
    "content": ("content.yaml", CONTENT),
    "costs": ("costs.yaml", COSTS),
}
"""Name → which files of a client's folder it is for, and what it says."""


def document(name: str) -> str:
    schema = {"$schema": DRAFT, **SCHEMAS[name][1]}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write(directory: Path) -> list[Path]:
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name in SCHEMAS:
        path = directory / f"{name}.schema.json"
        path.write_text(document(name), encoding="utf-8")
        written.append(path)
    return written


def stale(directory: Path) -> list[str]:
    """The schemas that are missing there, or say something else."""
    paths = {name: directory / f"{name}.schema.json" for name in SCHEMAS}
    return [
        name
        for name, path in paths.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != document(name)
    ]
