"""A client's folder, compiled: what the stacks deploy and the runtime reads."""

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from coldframe.adapters.addresses import LISTS
from coldframe.domain.form import Form
from coldframe.domain.journey import Journey
from coldframe.domain.playbook import Broadcast, Client, Hook, Mail, Reactions, StoredFile
from coldframe.domain.visits import VisitRules
from coldframe.entrypoints.visit_script import SCRIPT
from infra.playbook.address_lists import write_lists
from infra.playbook.client_file import StackSettings
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.costs import Costs
from infra.playbook.declared import DeclaredEvent, DeclaredField
from infra.playbook.templates import write_templates
from infra.playbook.visits import script

PACKAGE: Final = "coldframe_playbook"


class Schedule(NamedTuple):
    broadcast: str
    expression: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledClient:
    """Everything derives from the folder and the environment's name: twice is byte-identical."""

    client: Client
    extra: StackSettings
    fields: Mapping[str, DeclaredField]
    events: Mapping[str, DeclaredEvent]
    forms: Mapping[str, Form]
    questions: Mapping[str, Form]
    """Field → the page that an answer in a mail opens."""
    journeys: Mapping[str, Journey]
    mails: Mapping[str, Mail]
    texts: Mapping[str, Mail]
    broadcasts: Mapping[str, Broadcast]
    reactions: Reactions
    catalogue: Catalogue
    """What its conditions may name."""
    machines: Mapping[str, dict[str, Any]]
    """Journey → its definition in Amazon States Language."""
    schedules: tuple[Schedule, ...]
    files: Mapping[str, Path]
    templates: Mapping[str, str]
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    visits: VisitRules | None = None
    """None: the client's pages tell us nothing."""
    costs: Costs = field(default_factory=Costs)

    def write(self, directory: Path, file_keys: Mapping[str, str]) -> Path:
        """The package `coldframe_playbook` in ``directory``; ``file_keys``: file → its S3 key."""
        package = directory / PACKAGE
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").write_text('"""One client\'s playbook."""\n', encoding="utf-8")
        for name, content in self._documents(file_keys).items():
            path = package / f"{name}.json"
            path.parent.mkdir(exist_ok=True)
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
            path.write_text(text + "\n", encoding="utf-8")
        write_templates(self.templates, package / "templates")
        write_lists(package / LISTS)
        if self.visits:
            (package / SCRIPT).write_text(script(), encoding="utf-8")
        return package

    def _documents(self, file_keys: Mapping[str, str]) -> dict[str, Any]:
        parts: dict[str, Mapping[str, Form | Journey | Mail | Broadcast]] = {
            "forms": self.forms,
            "questions": self.questions,
            "journeys": self.journeys,
            "mails": self.mails,
            "texts": self.texts,
            "broadcasts": self.broadcasts,
        }
        each = {
            f"{part}/{name}": asdict(compiled)
            for part, members in parts.items()
            for name, compiled in members.items()
        }
        files = [
            asdict(_stored(path, key=file_keys[name], forms=self._forms_giving(name)))
            for name, path in self.files.items()
        ]
        return {
            "client": asdict(self.client),
            "reactions": asdict(self.reactions),
            "files": files,
            "hooks": {name: asdict(hook) for name, hook in self.hooks.items()},
            "visits": asdict(self.visits) if self.visits else None,
            **each,
        }

    def _forms_giving(self, file: str) -> dict[str, int]:
        return {
            name: form.gives[file]
            for name, form in sorted(self.forms.items())
            if file in form.gives
        }


def _stored(path: Path, *, key: str, forms: Mapping[str, int]) -> StoredFile:
    return StoredFile(
        name=path.name,
        hash=hashlib.sha256(path.read_bytes()).hexdigest()[:16],
        key=key,
        type=mimetypes.guess_type(path.name, strict=True)[0] or "application/octet-stream",
        forms=forms,
    )
