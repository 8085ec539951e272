"""One client of the fake town: a `LocalClient`, and what people and mailboxes do to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from coldframe.domain import touchpoint as kinds
from coldframe.domain.consent import Consent
from coldframe.domain.evidence import Evidence
from coldframe.domain.form import Form, FormField
from coldframe.domain.journey import Journey
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from coldframe.domain.told import Known
from coldframe.domain.touchpoint import Touchpoint, short_hash
from tests.fakes.town.books import Book
from tests.fakes.town.judging import Judging
from tests.fakes.town.ledger import Ledger
from tests.fakes.town.outside import Outside
from tests.fakes.town.walking import Walking
from workbench.local.town import LeadLine, SentMail

HOLD = timedelta(days=7)


class FakeClient:
    def __init__(self, book: Book, *, town: Outside, url: str, folder: Path) -> None:
        self.name = book.client.client
        self.folder = folder
        self.url = url
        self._book = book
        self._town = town
        self._ledger = Ledger()
        self._walking = Walking(book, ledger=self._ledger, town=town, url=url)
        self._judging = Judging(self.name, ledger=self._ledger, town=town, walking=self._walking)

    def playbook(self) -> Client:
        return self._book.client

    def forms(self) -> Sequence[Form]:
        return tuple(self._book.forms.values())

    def journey(self, name: str) -> Journey:
        return self._book.journeys[name]

    def mail(self, name: str) -> Mail:
        return self._book.mails[name]

    def knowing(self) -> Knowing:
        return self._book.knowing

    def record(self, lead: str) -> LeadRecord:
        return self._ledger.of(lead)

    def leads(self) -> Sequence[LeadLine]:
        held = (one.profile for one in self._ledger.records.values())
        lines = (_line(profile) for profile in held if profile)
        return sorted(lines, key=lambda line: line.created_at, reverse=True)

    def submit(self, form: str, values: Mapping[str, str]) -> dict[str, str]:
        """What is wrong, by field; {} when it was taken."""
        known = self._book.forms[form]
        found = ((one.name, _mistake(one, values.get(one.name, ""))) for one in known.fields)
        wrong = {name: mistake for name, mistake in found if mistake}
        if not wrong:
            self._take(known, values)
        return wrong

    def follow(self, message: str, link: int, agent: str) -> str:
        """The link's target."""
        held, now = self._ledger.message(message), self._town.now()
        seen = self._note(
            held.lead,
            kinds.LINK_FOLLOWED,
            f"link {link + 1} in “{held.mail}” is followed",
            message=message,
            link=link,
            agent=agent,
        )
        self._judging.weigh(seen, held, Evidence(at=now, link=link, agent=agent))
        return self._book.mails[held.mail].links[link]

    def open(self, mail: SentMail) -> None:
        held, now = self._ledger.message(mail.message), self._town.now()
        told = f"“{mail.mail}” is opened"
        seen = self._note(mail.lead, kinds.EMAIL_OPENED, told, message=mail.message, at=str(now))
        self._judging.weigh(seen, held, Evidence(at=now, link=None, agent=""))

    def unsubscribe(self, lead: str, how: str) -> None:
        gate = self._ledger.of(lead).gate
        at = gate.unsubscribed_at or self._town.now()
        self._ledger.forbid(replace(gate, unsubscribed_at=at))
        self._note(lead, kinds.UNSUBSCRIBED, "a lead unsubscribes", how=how)
        self._walking.leave(lead)

    def complain(self, mail: SentMail) -> None:
        gate = self._ledger.of(mail.lead).gate
        self._ledger.forbid(replace(gate, complained_at=gate.complained_at or self._town.now()))
        told = f"“{mail.mail}” is reported as spam"
        self._note(mail.lead, kinds.EMAIL_COMPLAINED, told, message=mail.message)
        self._walking.leave(mail.lead)

    def reply(self, mail: SentMail, text: str) -> None:
        gate, now = self._ledger.of(mail.lead).gate, self._town.now()
        self._ledger.forbid(replace(gate, held_until=now + HOLD))
        said = {"message": mail.message, "mail": mail.mail, "text": text}
        self._note(mail.lead, kinds.EMAIL_REPLIED, "a mail comes in: reply", **said)
        owner = self._book.client.owner.address
        forwarded = {"mail": "_reply", "lead": mail.lead}
        self._town.deliver(
            SentMail(
                id=f"{mail.id}-answer",
                at=now,
                client=self.name,
                lead=mail.lead,
                message="",
                mail="_reply",
                sender=mail.sender,
                recipient=owner,
                subject=f"Re: {mail.subject}",
                html=None,
                text=text,
                headers=(("Reply-To", mail.recipient),),
                tags=forwarded,
            )
        )

    def bounce(self, mail: SentMail, *, hard: bool) -> None:
        told = f"“{mail.mail}” bounces"
        self._note(mail.lead, kinds.EMAIL_BOUNCED, told, message=mail.message, hard=hard)
        if hard:
            gate = self._ledger.of(mail.lead).gate
            self._ledger.forbid(replace(gate, bounced_at=gate.bounced_at or self._town.now()))
            self._walking.leave(mail.lead)

    def _note(self, lead: str, kind: str, text: str, /, **data: object) -> Touchpoint:
        self._town.tell(self.name, text, lead)
        return self._ledger.append(lead, kind, at=self._town.now(), data=data)

    def _take(self, form: Form, values: Mapping[str, str]) -> None:
        address = values["email"].strip().lower()
        lead = short_hash(self.name, address)
        given = {one.name: values.get(one.name, "") for one in form.fields if not one.topic}
        agreed = {str(one.topic): one.text or "" for one in form.fields if values.get(one.name)}
        agreed.pop("None", None)
        told = f"the form {form.form} is filled in"
        data = {"form": form.form, "fields": given, "consents": agreed}
        seen = self._note(lead, kinds.FORM_SUBMITTED, told, **data)
        self._learn(seen, address, given, agreed)
        self._walking.enrol(seen, self._book.entered_by[form.form])

    def _learn(
        self,
        seen: Touchpoint,
        address: str,
        given: Mapping[str, str],
        agreed: Mapping[str, str],
    ) -> None:
        at, held = seen.occurred_at, self._ledger.of(seen.lead)
        known = held.profile or Profile(lead=seen.lead, address=address, created_at=at)
        fields = {
            name: Known(value=value, at=at, by=seen.id)
            for name, value in given.items()
            if value and name != "email"
        }
        consents = {
            topic: Consent(at=at, by=seen.id, source=seen.source, text=text)
            for topic, text in agreed.items()
        }
        profile = replace(
            known,
            fields={**known.fields, **fields},
            consents={**known.consents, **consents},
        )
        self._ledger.keep(replace(held, profile=profile))


def _mistake(field: FormField, value: str) -> str:
    if field.required and not value.strip():
        return f"{field.label}: this is needed"
    if len(value) > field.max_length:
        return f"{field.label}: this is too long"
    if field.type == "email" and "." not in value.rpartition("@")[2]:
        return "This is not an e-mail address"
    return ""


def _line(profile: Profile) -> LeadLine:
    name = profile.fields.get("first_name")
    return LeadLine(
        lead=profile.lead,
        address=profile.address,
        name=name.value if name else "",
        created_at=profile.created_at,
    )
