"""First pass over a client's folder: every file read, nothing yet compared with another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from coldframe.domain.form import Form
from coldframe.domain.journey import Step
from infra.journeys.journey_source import JourneySource
from infra.journeys.reader import read_journey
from infra.journeys.retired import read_retired
from infra.journeys.words import Words
from infra.playbook.broadcasts import BroadcastSource, read_broadcast
from infra.playbook.caps_file import compiled_caps
from infra.playbook.client_file import ClientFile, read_client
from infra.playbook.costs import Costs, read_costs
from infra.playbook.declared import BUILT_IN_FIELDS, DeclaredEvent, DeclaredField
from infra.playbook.event_file import read_events
from infra.playbook.field_file import read_fields
from infra.playbook.forms import read_form
from infra.playbook.journey_words import journey_words
from infra.playbook.knowing.alerts import with_alerts
from infra.playbook.knowing.folder import read_knowing
from infra.playbook.knowing.source import KnowingSource
from infra.playbook.mail_files import MailFiles, read_mails
from infra.playbook.strangers import report_strangers
from infra.playbook.texts import TextSource, read_texts
from infra.reading.documents import read_yaml
from infra.reading.nodes import Node
from infra.reading.problems import Problems, Spot
from infra.reading.values import NAME

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """A client's folder as read. Of what couldn't be read, the name is there and None."""

    root: ClientFile | None
    topics: frozenset[str] | None
    fields: Mapping[str, DeclaredField] | None
    events: Mapping[str, DeclaredEvent] | None
    forms: Mapping[str, Form | None]
    journeys: Mapping[str, JourneySource | None]
    retired: Mapping[str, Mapping[str, Step]]
    """Journey → steps that an edit deleted, kept for leads in flight."""
    texts: Mapping[str, TextSource | None]
    broadcasts: Mapping[str, BroadcastSource | None]
    emails: MailFiles
    files: Mapping[str, Path]
    knowing: KnowingSource
    costs: Costs = field(default_factory=Costs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    path: Path
    problems: Problems

    def yaml(self, name: str) -> Node | None:
        return read_yaml(self.path / name, name=name, problems=self.problems)

    def spot(self, name: str) -> Spot:
        return Spot(file=name, line=1, path="", problems=self.problems)

    def each(
        self, part: str, read: Callable[[str, Node], T], known: str = ".yaml"
    ) -> dict[str, T | None]:
        roots = {path.stem: self.yaml(f"{part}/{path.name}") for path in self.files(part, known)}
        return {name: read(name, root) if root else None for name, root in roots.items()}

    def files(self, part: str, suffix: str) -> Iterator[Path]:
        """The part's files in order of name; anything else that lies there is a mistake."""
        for path in sorted((self.path / part).glob("*")):
            if path.name.startswith(("_", ".")):
                continue
            spot = self.spot(f"{part}/{path.name}")
            if path.suffix != suffix:
                spot.report(f"is not read: files in {part}/ end in {suffix}")
            elif not NAME.fullmatch(path.stem):
                spot.report("needs a name like `cake-guide`: small letters, digits and dashes")
            else:
                yield path

    def optional(
        self, name: str, read: Callable[[Node], Mapping[str, T]], *, missing: Mapping[str, T]
    ) -> Mapping[str, T] | None:
        """None: it is there, but can't be read."""
        if not (self.path / name).exists():
            return missing
        root = self.yaml(name)
        return read(root) if root else None

    def stored(self) -> dict[str, Path]:
        """What the client gives away, in order of name."""
        paths = sorted((self.path / "files").glob("*"))
        return {
            path.name: path for path in paths if path.is_file() and not path.name.startswith(".")
        }


def read_folder(path: Path, *, environment: str, problems: Problems) -> Sources:
    folder = Folder(path=path, problems=problems)
    report_strangers(path, problems)
    root = folder.yaml("client.yaml")
    client = read_client(root, client=path.name, environment=environment) if root else None
    topics = frozenset(client.client.topics) or None if client else None
    locale = client.client.locale if client else "en"
    fields = folder.optional(
        "fields.yaml", partial(read_fields, locale=locale), missing=BUILT_IN_FIELDS
    )
    events = folder.optional("events.yaml", read_events, missing={})
    knowing = read_knowing(path, problems)
    words = journey_words(fields, events, knowing)
    client = _with_caps(client, words) if client else None
    files = folder.stored()
    return Sources(
        root=client,
        topics=topics,
        fields=fields,
        events=events,
        forms=folder.each(
            "forms",
            partial(read_form, fields=fields, topics=topics, locale=locale, files=files),
        ),
        journeys=_journeys(folder, words, knowing),
        retired=read_retired(path),
        texts=read_texts(path, problems=problems),
        broadcasts=folder.each("broadcasts", read_broadcast),
        emails=read_mails(path, problems),
        files=files,
        knowing=knowing,
        costs=_costs(folder),
    )


def _costs(folder: Folder) -> Costs:
    there = (folder.path / "costs.yaml").exists()
    root = folder.yaml("costs.yaml") if there else None
    return read_costs(root) if root else Costs()


def _with_caps(root: ClientFile, words: Words) -> ClientFile:
    """Whose conditions may ask whatever other conditions may."""
    return replace(root, client=replace(root.client, caps=compiled_caps(root.caps, words)))


def _journeys(
    folder: Folder, words: Words, knowing: KnowingSource
) -> Mapping[str, JourneySource | None]:
    read = folder.each("journeys", partial(read_journey, words=words))
    return with_alerts(read, knowing, words)
