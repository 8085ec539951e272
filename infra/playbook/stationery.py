"""What all mails of a client are written on: layout, footer, words, and what they may ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coldframe.domain.form import Form
from coldframe.domain.instants import text_of
from infra.playbook.asking import questions_of
from infra.playbook.blocks import Blocks
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.folder import Sources
from infra.playbook.knowing.words import catalogue_for
from infra.playbook.layout import Layout
from infra.playbook.mail_source import MailSource
from infra.playbook.mail_words import Words
from infra.playbook.vocabulary import CLIENT_WORDS

MAIL_WORDS = CLIENT_WORDS | {
    *("preferences_url", "unsubscribe_url", "confirm_url", "data_url", "address_url", "undo_url"),
    "referral_link",
    *("sender.name", "sender.address", "sender.signature"),
}
NOTICE_WORDS = CLIENT_WORDS | {"journey", "facts", "history"}
_UNDOTTED = frozenset(word for word in MAIL_WORDS | NOTICE_WORDS if "." not in word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    layout: Layout | None
    footer: str
    words: Words
    language: str
    """The client's own."""
    zone: str
    catalogue: Catalogue | None
    questions: Mapping[str, Form]
    """Field → what a mail may ask with buttons."""

    def blocks(self) -> Blocks:
        return Blocks(catalogue=self.catalogue, words=_UNDOTTED)

    def end_of(self, last: date) -> str:
        """A day lasts until the client's midnight."""
        if isinstance(last, datetime):
            return text_of(last)
        midnight = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(self.zone))
        return text_of(midnight)


def stationery_of(sources: Sources) -> Stationery:
    client = sources.root.client if sources.root else None
    return Stationery(
        layout=sources.emails.layout,
        footer=sources.emails.footer,
        words=sources.emails.words,
        language=client.locale if client else "en",
        zone=client.zone if client else "Etc/UTC",
        catalogue=catalogue_for(sources.fields, sources.events, sources.knowing),
        questions=questions_of(
            sources.fields or {},
            locale=client.locale if client else "en",
            client=client.name if client else "",
        ),
    )


def translations_of(sources: Sources, mail: str) -> dict[str, MailSource]:
    """In the order of their languages, each of the mail's own kind and format."""
    found = sorted(sources.emails.translations.get(mail, {}).items())
    original = sources.emails.mails[mail]
    if original is None:
        return {}
    return {
        language: replace(each, kind=original.kind, format=original.format)
        for language, each in found
        if each
    }
