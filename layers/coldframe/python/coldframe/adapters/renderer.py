"""Mails from templates that were compiled at synth; what a lead typed is only ever a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formataddr
from typing import TYPE_CHECKING, Any

from coldframe.adapters.links import SignedLinks
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.domain.message import HAND_OFF_MAIL, RenderedMail
from coldframe.domain.playbook import Client, Mail, Person
from coldframe.domain.profile import Profile

if TYPE_CHECKING:
    from jinja2 import Environment

GO = "go"
UNSUBSCRIBE = "unsubscribe"
FILE = "file:"
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)
_LINK = re.compile(
    r"://|\bwww\.|\b[\w-]+\.(?:com|net|org|info|biz|xyz|top|ru|cn|io)/", re.IGNORECASE
)
_NO_TAG = re.compile(r"[^A-Za-z0-9_.@-]")


class KnownFields:
    """The lead as templates see it: each known field, and no attribute besides.

    A field that holds an address of the web is shown as empty: whoever types a stranger's address
    into a form would have us print their link in a mail to that stranger.
    """

    __slots__ = ("_fields",)

    def __init__(self, profile: Profile) -> None:
        facts = facts_of(profile)
        self._fields = {name: "" if _LINK.search(value) else value for name, value in facts}

    def __getitem__(self, name: str) -> str:
        return self._fields[name]


def facts_of(profile: Profile) -> list[tuple[str, str]]:
    known = {name: known.value for name, known in profile.fields.items()}
    known["email"] = profile.address
    return [(name, visible(value)) for name, value in sorted(known.items())]


@dataclass(slots=True)
class JinjaRenderer:
    playbook: CompiledPlaybook
    links: SignedLinks
    base_url: str
    _jinja: "Environment | None" = field(default=None, init=False)

    def render(
        self, mail: Mail, *, profile: Profile, client: Client, message: str, journey: str
    ) -> RenderedMail:
        out = self._unsubscribe_url(profile.lead, message)
        told: dict[str, Any] = {
            "lead": KnownFields(profile),
            "client": client,
            "link": lambda index: self._link(mail.links[index], index, profile.lead, message),
            "unsubscribe_url": out,
        }
        return RenderedMail(
            sender=_mailbox(client.sender),
            recipient=profile.address,
            reply_to=client.reply_to,
            subject=one_line(self._fill(f"{mail.mail}.subject", told)),
            html=self._fill(f"{mail.mail}.html", told) if mail.format == "html" else None,
            text=self._fill(f"{mail.mail}.text", told),
            headers=(
                ("List-Unsubscribe", f"<{out}>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ),
            tags=_tags(lead=profile.lead, message=message, journey=journey, mail=mail.mail),
        )

    def notice(
        self, *, profile: Profile, client: Client, journey: str, message: str
    ) -> RenderedMail:
        told = {
            "lead": KnownFields(profile),
            "client": client,
            "journey": journey,
            "facts": facts_of(profile),
            "history": (),
            "unsubscribe_url": "",
        }
        return RenderedMail(
            sender=_mailbox(client.sender),
            recipient=client.owner.address,
            reply_to=profile.address,
            subject=one_line(self._fill(f"{HAND_OFF_MAIL}.subject", told)),
            html=None,
            text=self._fill(f"{HAND_OFF_MAIL}.text", told),
            headers=(),
            tags=_tags(lead=profile.lead, message=message, journey=journey, mail=HAND_OFF_MAIL),
        )

    def _link(self, target: str, index: int, lead: str, message: str) -> str:
        url = self._file_url(target.removeprefix(FILE)) if target.startswith(FILE) else target
        token = self.links.sign(GO, lead=lead, message=message, target=url, index=index)
        return f"{self.base_url}/go/{token}"

    def _file_url(self, name: str) -> str:
        return f"{self.base_url}/files/{self.playbook.file(name).hash}/{name}"

    def _unsubscribe_url(self, lead: str, message: str) -> str:
        token = self.links.sign(UNSUBSCRIBE, lead=lead, message=message)
        return f"{self.base_url}/unsubscribe/{token}"

    def _fill(self, template: str, told: Mapping[str, Any]) -> str:
        self._jinja = self._jinja or _environment(self.playbook)
        return self._jinja.get_template(template).render(told)


def _environment(playbook: CompiledPlaybook) -> "Environment":
    """Imported when the first mail is rendered; knows compiled templates and nothing else."""
    from jinja2 import Environment, ModuleLoader

    return Environment(
        loader=ModuleLoader(str(playbook.templates())),
        autoescape=_escapes,  # noqa: S701 - in HTML; a text mail has nothing to escape for
        auto_reload=False,
    )


def _escapes(template: str | None) -> bool:
    return bool(template and template.endswith(".html"))


def visible(value: str) -> str:
    """Without what no eye sees: control characters, line breaks, direction overrides."""
    return _UNSEEN.sub(" ", value).strip()


def one_line(value: str) -> str:
    return " ".join(visible(value).split())


def _mailbox(person: Person) -> str:
    return formataddr((one_line(person.name), person.address))


def _tags(**tags: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, _NO_TAG.sub("_", value)[:256]) for name, value in tags.items() if value)
