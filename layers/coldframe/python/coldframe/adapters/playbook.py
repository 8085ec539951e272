"""The compiled playbook that ships with the code: each file read once, when first asked for."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from coldframe.domain.errors import UnknownForm
from coldframe.domain.form import Form, FormField, Option

if TYPE_CHECKING:
    from coldframe.domain.journey import Journey
    from coldframe.domain.playbook import Broadcast, Client, Hook, Mail, Reactions, StoredFile
    from coldframe.domain.visits import VisitRules

PACKAGE = "coldframe_playbook"
Json = Mapping[str, Any]
T = TypeVar("T")


@cache
def playbook_folder() -> Path:
    """Where the layer with the client's playbook lies; it holds data, so it is not imported."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"no {PACKAGE} on the import path")
    return Path(next(iter(spec.submodule_search_locations)))


class CompiledPlaybook:
    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._kept: dict[str, object] = {}

    def client(self) -> "Client":
        from coldframe.adapters.playbook_documents import client_of

        return self._once("client", client_of)

    def form(self, name: str) -> Form:
        try:
            return self._named("forms", name, _form)
        except KeyError as error:
            raise UnknownForm(name) from error

    def question(self, field: str) -> Form:
        """KeyError for one that no mail can ask."""
        return self._named("questions", field, _form)

    def reactions(self) -> "Reactions":
        from coldframe.adapters.playbook_documents import reactions_of

        return self._once("reactions", reactions_of)

    def journey(self, name: str) -> "Journey":
        from coldframe.adapters.journey_documents import journey_of

        return self._named("journeys", name, journey_of)

    def mail(self, name: str) -> "Mail":
        from coldframe.adapters.playbook_documents import mail_of

        return self._named("mails", name, mail_of)

    def text(self, name: str) -> "Mail":
        from coldframe.adapters.playbook_documents import mail_of

        return self._named("texts", name, mail_of)

    def broadcast(self, name: str) -> "Broadcast":
        from coldframe.adapters.playbook_documents import broadcast_of

        return self._named("broadcasts", name, broadcast_of)

    def file(self, name: str) -> "StoredFile":
        from coldframe.adapters.playbook_documents import files_of

        return self._once("files", files_of)[name]

    def stored(self, name: str) -> "StoredFile | None":
        try:
            return self.file(name)
        except KeyError:
            return None

    def hooks(self) -> "dict[str, Hook]":
        from coldframe.domain.playbook import Hook

        def hooks_of(held: Json) -> dict[str, Hook]:
            return {name: Hook(**each) for name, each in held.items()}

        return self._once("hooks", hooks_of)

    def visits(self) -> "VisitRules | None":
        """None: the client's pages tell us nothing."""
        from coldframe.domain.visits import VisitRules

        def rules_of(held: Json | None) -> VisitRules | None:
            return VisitRules(**{**held, "sites": tuple(held["sites"])}) if held else None

        return self._once("visits", rules_of)

    def templates(self) -> Path:
        return self.place() / "templates"

    def place(self) -> Path:
        return self._folder or playbook_folder()

    def _named(self, part: str, name: str, build: Callable[[Any], T]) -> T:
        """Names come from people and links: one that is no plain word opens no file."""
        if not name.replace("-", "").replace("_", "").isalnum():
            raise KeyError(name)
        try:
            return self._once(f"{part}/{name}", build)
        except (OSError, ValueError) as error:
            raise KeyError(name) from error

    def _once(self, name: str, build: Callable[[Any], T]) -> T:
        if name not in self._kept:
            held = json.loads((self.place() / f"{name}.json").read_bytes())
            self._kept[name] = build(held)
        return cast("T", self._kept[name])


def _form(held: Json) -> Form:
    return Form(
        **{
            **held,
            "fields": tuple(_field(each) for each in held["fields"]),
            "sites": tuple(held["sites"]),
            "at_once_in": tuple(held["at_once_in"]),
        }
    )


def _field(held: Json) -> FormField:
    options = tuple(Option(**each) for each in held["options"])
    return FormField(**{**held, "aliases": tuple(held["aliases"]), "options": options})
