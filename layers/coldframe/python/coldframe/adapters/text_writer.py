"""Text messages from templates that were compiled at synth, in letters that every phone has."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from coldframe.adapters.known_fields import KnownFields, one_line
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.renderer import compiled_templates
from coldframe.domain.languages import language_of
from coldframe.domain.message import TEXT, RenderedMail
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile
from coldframe.domain.text_length import folded

if TYPE_CHECKING:
    from jinja2 import Environment

PHONE: Final = "phone"
LONGEST_FIELD: Final = 40
"""Characters of a field that are shown: a text is paid for by its length."""


class ShortFields(KnownFields):
    __slots__ = ()

    def __getitem__(self, name: str) -> str:
        return one_line(folded(super().__getitem__(name)))[:LONGEST_FIELD]


@dataclass(slots=True)
class JinjaTexts:
    """A Writer of texts: what comes out goes to a phone."""

    playbook: CompiledPlaybook
    _jinja: "Environment | None" = field(default=None, init=False)

    def render(
        self, mail: Mail, *, profile: Profile, client: Client, message: str, journey: str
    ) -> RenderedMail:
        """To the phone that the lead named; nowhere if it named none."""
        self._jinja = self._jinja or compiled_templates(self.playbook)
        name, language = mail.mail.removeprefix(TEXT), language_of(mail, profile, client)
        written = f"{name}.{language}" if language in mail.translations else name
        told = {"lead": ShortFields(profile), "client": client}
        phone = profile.fields.get(PHONE)
        return RenderedMail(
            sender=client.name,
            recipient=phone.value if phone else "",
            reply_to="",
            subject="",
            html=None,
            text=folded(self._jinja.get_template(f"{written}.sms").render(told)).strip(),
            headers=(),
            tags=(("message", message), ("journey", journey)),
        )
