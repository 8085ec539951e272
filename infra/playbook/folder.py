"""First pass over a client's folder: every file read, nothing yet compared with another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from coldframe.domain.form import Form
from infra.journeys.reader import read_journey
from infra.journeys.source import JourneySource
from infra.playbook.broadcasts import BroadcastSource, read_broadcast
from infra.playbook.client_file import ClientFile, read_client
from infra.playbook.declared import BUILT_IN_FIELDS, read_events, read_fields
from infra.playbook.forms import read_form
from infra.playbook.layout import Layout, read_layout
from infra.playbook.mail_source import MailSource, read_mail
from infra.playbook.strangers import report_strangers
from infra.reading.documents import read_text, read_yaml
from infra.reading.nodes import Node
from infra.reading.problems import Problems, Spot
from infra.reading.values import NAME

T = TypeVar("T")

FOOTER: Final = "emails/_footer.txt"
HAND_OFF: Final = "_hand_off"
_BUILT_IN: Final = Path(__file__).parent / "built_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """A client's folder as read. Of what couldn't be read, the name is there and None."""

    root: ClientFile | None
    topics: frozenset[str] | None
    fields: Mapping[str, str] | None
    events: Mapping[str, str] | None
    forms: Mapping[str, Form | None]
    journeys: Mapping[str, JourneySource | None]
    broadcasts: Mapping[str, BroadcastSource | None]
    mails: Mapping[str, MailSource | None]
    hand_off: MailSource | None
    footer: str
    layout: Layout | None
    files: Mapping[str, Path]


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


def read_folder(path: Path, *, environment: str, problems: Problems) -> Sources:
    folder = Folder(path=path, problems=problems)
    report_strangers(path, problems)
    root = folder.yaml("client.yaml")
    client = read_client(root, client=path.name, environment=environment) if root else None
    topics = frozenset(client.client.topics) or None if client else None
    fields = _optional(folder, "fields.yaml", read_fields, missing=BUILT_IN_FIELDS)
    mails = _mails(folder)
    return Sources(
        root=client,
        topics=topics,
        fields=fields,
        events=_optional(folder, "events.yaml", read_events, missing={}),
        forms=folder.each(
            "forms",
            lambda name, node: read_form(node, form=name, fields=fields, topics=topics),
        ),
        journeys=folder.each("journeys", read_journey),
        broadcasts=folder.each(
            "broadcasts", lambda name, node: read_broadcast(node, broadcast=name)
        ),
        mails=mails,
        hand_off=_hand_off(folder),
        footer=_footer(folder),
        layout=_layout(folder, mails),
        files={found.name: found for found in _stored(folder)},
    )


def _optional(
    folder: Folder,
    name: str,
    read: Callable[[Node], Mapping[str, str]],
    *,
    missing: Mapping[str, str],
) -> Mapping[str, str] | None:
    """None: it is there, but can't be read."""
    if not (folder.path / name).exists():
        return missing
    root = folder.yaml(name)
    return read(root) if root else None


def _mails(folder: Folder) -> dict[str, MailSource | None]:
    return {
        path.stem: read_mail(
            path, name=f"emails/{path.name}", mail=path.stem, problems=folder.problems
        )
        for path in folder.files("emails", ".md")
    }


def _hand_off(folder: Folder) -> MailSource | None:
    """The notice to the client's owner: the client's own words, or ours."""
    own = folder.path / "emails" / f"{HAND_OFF}.md"
    path = own if own.exists() else _BUILT_IN / "hand_off.md"
    name = f"emails/{HAND_OFF}.md"
    return read_mail(path, name=name, mail=HAND_OFF, problems=folder.problems)


def _footer(folder: Folder) -> str:
    own = folder.path / FOOTER
    path = own if own.exists() else _BUILT_IN / "footer.txt"
    return read_text(path, folder.spot(FOOTER)) or ""


def _layout(folder: Folder, mails: Mapping[str, MailSource | None]) -> Layout | None:
    if not any(mail is None or mail.format == "html" for mail in mails.values()):
        return None
    return read_layout(folder.path, folder.problems)


def _stored(folder: Folder) -> list[Path]:
    paths = sorted((folder.path / "files").glob("*"))
    return [path for path in paths if path.is_file() and not path.name.startswith(".")]
