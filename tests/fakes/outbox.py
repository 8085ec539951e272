"""SES as we use it: it takes a mail, refuses it, throttles, or gives no answer."""

from dataclasses import dataclass, field, replace

from coldframe.domain.journey import Journey
from coldframe.domain.journey_steps import Notify
from coldframe.domain.message import HAND_OFF_MAIL, NOTIFY_MAIL, TASK_MAIL, TEXT, RenderedMail
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile
from tests.fakes.writes import Writes


@dataclass(slots=True)
class Outbox:
    writes: Writes
    sent: list[RenderedMail] = field(default_factory=list)
    answers: list[BaseException] = field(default_factory=list)
    """Raised by the next calls, first to last."""
    taken_without_answer: bool = False
    """A call that raises has sent its mail all the same."""

    def send(self, mail: RenderedMail) -> str:
        with self.writes("mailer.send"):
            if self.answers:
                if self.taken_without_answer:
                    self.sent.append(mail)
                raise self.answers.pop(0)
            self.sent.append(mail)
            return f"ses-{len(self.sent)}"

    def mails(self, recipient: str | None = None) -> list[str]:
        """The names of the mails that went out (to one recipient), in order."""
        return [
            dict(mail.tags)["mail"]
            for mail in self.sent
            if recipient is None or mail.recipient == recipient
        ]


@dataclass(slots=True)
class PlainRenderer:
    broken: set[str] = field(default_factory=set)
    """Leads whose mails can't be rendered."""

    def render(
        self, mail: Mail, *, profile: Profile, client: Client, message: str, journey: str
    ) -> RenderedMail:
        if profile.lead in self.broken:
            raise ZeroDivisionError(mail.mail)
        tags = {"lead": profile.lead, "message": message, "journey": journey, "mail": mail.mail}
        return _mail(profile.address, client, tags)

    def word(
        self, notify: Notify, *, profile: Profile, client: Client, journey: Journey, message: str
    ) -> RenderedMail:
        tags = {"lead": profile.lead, "message": message, "journey": journey.journey}
        mail = TASK_MAIL if notify.task else NOTIFY_MAIL
        return _mail(client.owner.address, client, {**tags, "mail": mail})

    def notice(
        self, *, profile: Profile, client: Client, journey: str, message: str
    ) -> RenderedMail:
        tags = {"lead": profile.lead, "message": message, "journey": journey}
        return _mail(client.owner.address, client, {**tags, "mail": HAND_OFF_MAIL})


class PlainTexts:
    """To the lead's phone, saying its name."""

    def render(
        self, mail: Mail, *, profile: Profile, client: Client, message: str, journey: str
    ) -> RenderedMail:
        phone = profile.fields.get("phone")
        tags = {"message": message, "journey": journey, "mail": mail.mail}
        found = _mail(phone.value if phone else "", client, tags)
        return replace(found, text=mail.mail.removeprefix(TEXT))


def _mail(to: str, client: Client, tags: dict[str, str]) -> RenderedMail:
    return RenderedMail(
        sender=client.sender.address,
        recipient=to,
        reply_to=client.reply_to,
        subject=tags["mail"],
        html=None,
        text=tags["mail"],
        headers=(),
        tags=tuple(tags.items()),
    )
