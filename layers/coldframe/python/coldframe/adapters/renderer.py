"""Mails from templates that were compiled at synth; what a lead typed is only ever a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formataddr
from typing import TYPE_CHECKING, Any

from coldframe.adapters.clock import SystemClock
from coldframe.adapters.known_fields import KnownFields, facts_of, one_line
from coldframe.adapters.links import SignedLinks
from coldframe.adapters.own_links import OwnLinks
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.signatures import Signed
from coldframe.domain.asked_for import ABOUT_ADDRESSES
from coldframe.domain.download import address_of
from coldframe.domain.gate import NOT_ME
from coldframe.domain.languages import language_of
from coldframe.domain.message import HAND_OFF_MAIL, TRAP, MailKind, RenderedMail
from coldframe.domain.playbook import Client, Mail, Person
from coldframe.domain.profile import Profile
from coldframe.domain.writers import writer_of

if TYPE_CHECKING:
    from jinja2 import Environment

    from coldframe.services.ports import Clock

GO = "go"
UNSUBSCRIBE = "unsubscribe"
PREFERENCES = "preferences"
FILE = "file:"
_NO_TAG = re.compile(r"[^A-Za-z0-9_.@-]")


@dataclass(slots=True)
class JinjaRenderer:
    playbook: CompiledPlaybook
    links: SignedLinks
    base_url: str
    clock: "Clock" = field(default_factory=SystemClock)
    _jinja: "Environment | None" = field(default=None, init=False)

    def render(
        self, mail: Mail, *, profile: Profile, client: Client, message: str, journey: str
    ) -> RenderedMail:
        own = OwnLinks(links=self.links, base_url=self.base_url)
        reader = own.reader(mail.mail, profile)
        out = self._unsubscribe_url(reader, message)
        language = language_of(mail, profile, client)
        targets = mail.translations.get(language, mail.links)
        writer = writer_of(mail, profile, client)
        told: dict[str, Any] = {
            "lead": KnownFields(profile),
            "client": client,
            "sender": writer,
            "link": lambda index: self._link(targets[index], index, profile.lead, message),
            "trap_url": self._link(_home(client, self.base_url), TRAP, profile.lead, message),
            "unsubscribe_url": out,
            "preferences_url": self._preferences_url(reader, message),
            "referral_link": self._referral_link(profile, client),
            **own.of(mail.mail, profile, message, self.clock.now()),
            **self._answers(mail, profile, client),
        }
        name = f"{mail.mail}.{language}" if language in mail.translations else mail.mail
        html = None if mail.format == "plain" else self._fill(f"{name}.html", told)
        text = self._fill(f"{name}.text", told)
        if mail.kind is MailKind.REQUESTED and mail.mail not in ABOUT_ADDRESSES:
            text, html = self._with_way_out(text, html, profile.lead, message, language)
        answers = self._reply_to(client, profile.lead, message)
        return RenderedMail(
            sender=mailbox(writer),
            recipient=profile.address,
            reply_to=answers,
            subject=one_line(self._fill(f"{name}.subject", told)),
            html=html,
            text=text,
            headers=(
                ("List-Unsubscribe", f"<{out}>{_by_mail(client, answers)}"),
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
            sender=mailbox(client.sender),
            recipient=client.owner.address,
            reply_to=profile.address,
            subject=one_line(self._fill(f"{HAND_OFF_MAIL}.subject", told)),
            html=None,
            text=self._fill(f"{HAND_OFF_MAIL}.text", told),
            headers=(),
            tags=_tags(lead=profile.lead, message=message, journey=journey, mail=HAND_OFF_MAIL),
        )

    def _answers(self, mail: Mail, profile: Profile, client: Client) -> dict[str, bool]:
        """What each of the mail's conditions comes to for this lead, now; most mails have none."""
        if not mail.conditions:
            return {}
        from coldframe.domain.conditions.evaluate import evaluate
        from coldframe.domain.known_facts import facts_asked

        now, knowing = self.clock.now(), self.playbook.reactions().knowing
        facts = facts_asked(mail.conditions, profile, client=client, knowing=knowing, now=now)
        return {
            f"c{number}": evaluate(condition, facts, now=now).value is True
            for number, condition in enumerate(mail.conditions)
        }

    def _reply_to(self, client: Client, lead: str, message: str) -> str:
        if client.replies is None:
            return client.reply_to
        from coldframe.adapters.reply_addresses import SignedReplyAddresses

        return SignedReplyAddresses(self.links.keys, client.replies.domain).reply_to(lead, message)

    def _link(self, target: str, index: int, lead: str, message: str) -> str:
        url = self._file_url(target.removeprefix(FILE)) if target.startswith(FILE) else target
        token = self.links.sign(GO, lead=lead, message=message, target=url, index=index)
        return f"{self.base_url}/go/{token}"

    def _file_url(self, name: str) -> str:
        file = self.playbook.file(name)
        return address_of(file, self.base_url, self.clock.now())

    def _referral_link(self, profile: Profile, client: Client) -> str:
        """It names the lead by ids alone, for whoever the lead passes it on to."""
        if not client.referrals:
            return ""
        from coldframe.adapters.referral_links import referral_link

        return referral_link(self.links, profile, client.referrals, self.base_url)

    def _preferences_url(self, lead: str, message: str) -> str:
        token = self.links.sign(PREFERENCES, lead=lead, message=message)
        return f"{self.base_url}/preferences/{token}"

    def _with_way_out(
        self, text: str, html: str | None, lead: str, message: str, language: str
    ) -> tuple[str, str | None]:
        """Whoever asked for the mail may have given somebody else's address."""
        from coldframe.adapters.disowning import MARK, offered

        token = self.links.sign(UNSUBSCRIBE, lead=lead, message=message, target=NOT_ME)
        url = f"{self.base_url}/unsubscribe/{token}?{MARK}"
        return offered(text, html, url=url, language=language)

    def _unsubscribe_url(self, lead: str, message: str) -> str:
        token = self.links.sign(UNSUBSCRIBE, lead=lead, message=message)
        return f"{self.base_url}/unsubscribe/{token}"

    def _fill(self, template: str, told: Mapping[str, Any]) -> str:
        self._jinja = self._jinja or compiled_templates(self.playbook)
        writer = told.get("sender")
        signed = {"sender": Signed(writer, html=_escapes(template))} if writer else {}
        return self._jinja.get_template(template).render({**told, **signed})


def _by_mail(client: Client, answers: str) -> str:
    """For mailboxes that unsubscribe by mail: it comes in as an answer that asks to stop."""
    return f", <mailto:{answers}?subject=unsubscribe>" if client.replies else ""


def _home(client: Client, base_url: str) -> str:
    return client.sites[0] if client.sites else f"{base_url}/"


def compiled_templates(playbook: CompiledPlaybook) -> "Environment":
    """Jinja is imported when the first is rendered; it knows these and nothing else."""
    from jinja2 import Environment, ModuleLoader

    return Environment(
        loader=ModuleLoader(str(playbook.templates())),
        autoescape=_escapes,  # noqa: S701 - in HTML; a text mail has nothing to escape for
        auto_reload=False,
    )


def _escapes(template: str | None) -> bool:
    return bool(template and template.endswith(".html"))


def mailbox(person: Person) -> str:
    return formataddr((one_line(person.name), person.address))


def _tags(**tags: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, _NO_TAG.sub("_", value)[:256]) for name, value in tags.items() if value)
