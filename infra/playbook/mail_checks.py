"""Second pass over mails: topics, links, placeholders."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coldframe.domain.asked_for import (
    CONFIRM_MAIL,
    DATA_MAIL,
    NEW_ADDRESS_MAIL,
    OLD_ADDRESS_MAIL,
)
from coldframe.domain.message import MailKind
from infra.playbook.asking import check_asked
from infra.playbook.blocks import Blocks
from infra.playbook.client_file import REP
from infra.playbook.declared import BUILT_IN_FIELDS
from infra.playbook.folder import Sources
from infra.playbook.layout import LAYOUT, demand, targets_in_mjml
from infra.playbook.mail_files import FOOTER
from infra.playbook.mail_source import MailSource
from infra.playbook.mail_words import known_words
from infra.playbook.placeholders import Placeholders
from infra.playbook.prose import parse, targets
from infra.playbook.referrals import VARIABLE
from infra.playbook.stationery import MAIL_WORDS, NOTICE_WORDS, stationery_of
from infra.playbook.translations import check_translation
from infra.playbook.vocabulary import Sure, Vocabulary
from infra.reading.problems import Problems, Spot, did_you_mean
from infra.reading.values import HTTPS

_LAYOUT: Final = MAIL_WORDS | {"content", "subject", "preheader"}
_REFERRAL: Final = re.compile(r"\{\{\s*" + VARIABLE + r"\s*\}\}")
_OUR_PAGES: Final = ("preferences_url", "unsubscribe_url")
_WHAT_FOR: Final = {
    CONFIRM_MAIL: "confirm_url",
    DATA_MAIL: "data_url",
    NEW_ADDRESS_MAIL: "address_url",
    OLD_ADDRESS_MAIL: "undo_url",
}
"""The link without which a mail of ours that a client writes itself is no use."""
LONGEST_TARGET: Final = 2_000
"""Characters: the token holds the target, and mail programs cut longer addresses."""
_ALWAYS: Final = frozenset(BUILT_IN_FIELDS)


def check_mails(sources: Sources, problems: Problems) -> None:
    fields = None if sources.fields is None else frozenset(sources.fields)
    sure = sure_fields(sources)
    stationery = stationery_of(sources)
    words = MAIL_WORDS | known_words(sources.emails.words)
    for name, original in sources.emails.mails.items():
        blocks = stationery.blocks()
        reader = _Reader(fields=fields, words=words, sure=sure.get(name, _ALWAYS))
        for mail in _in_all_languages(sources, name):
            _check_links(mail, sources.files, sources.forms)
            _check_referral(mail, sources)
            check_asked(mail, original or mail, sources.fields)
            reader.check(mail, blocks)
        if original:
            _check_topic(original, sources.topics)
            _check_format(original)
            _check_sender(original, sources)
            _check_translations(original, sources)
    if sources.emails.hand_off:
        notice = _Reader(fields=fields, words=NOTICE_WORDS, sure=_ALWAYS)
        notice.check(sources.emails.hand_off, stationery.blocks())
    _check_stationery(sources, fields, problems)


def _check_referral(mail: MailSource, sources: Sources) -> None:
    if sources.root is None or sources.root.client.referrals:
        return
    for number, line in enumerate(mail.body.splitlines()):
        if VARIABLE in line:
            spot = mail.spot.on_line(mail.body_line + number)
            spot.report("a lead has a link of its own where client.yaml says `referrals:`")


def _in_all_languages(sources: Sources, name: str) -> list[MailSource]:
    found = [sources.emails.mails[name], *sources.emails.translations.get(name, {}).values()]
    return [mail for mail in found if mail]


def _check_translations(original: MailSource, sources: Sources) -> None:
    client = sources.root.client if sources.root else None
    own = original.language or (client.locale if client else "")
    for language, translation in sources.emails.translations.get(original.mail, {}).items():
        if translation:
            check_translation(translation, original, language=language, own=own)


def _check_stationery(sources: Sources, fields: frozenset[str] | None, problems: Problems) -> None:
    own = known_words(sources.emails.words)
    for name, text, words in (
        (FOOTER, sources.emails.footer, MAIL_WORDS | own),
        (LAYOUT, sources.emails.layout.source if sources.emails.layout else "", _LAYOUT | own),
    ):
        spot = Spot(file=name, line=1, path="", problems=problems)
        Vocabulary(fields=fields, words=words, at=spot.on_line, sure=_ALWAYS).check(text)
    if sources.emails.footer:
        spot = Spot(file=FOOTER, line=1, path="", problems=problems)
        demand(spot, sources.emails.footer, "unsubscribe_url", "client.postal")


def sure_fields(sources: Sources) -> Mapping[str, Sure]:
    """Mail → the fields that every form on the way to it requires."""
    ways: dict[str, list[Sure]] = {}
    for journey in filter(None, sources.journeys.values()):
        for mail in journey.mails():
            ways.setdefault(mail, []).extend(
                _required(sources, entry.value.where.get("form", "")) for entry in journey.entries
            )
    for broadcast in filter(None, sources.broadcasts.values()):
        if broadcast.mail and broadcast.topic:
            topic = broadcast.topic.value
            ways.setdefault(broadcast.mail.value, []).extend(_consenting(sources, topic))
    return {mail: frozenset.intersection(*found) for mail, found in ways.items() if found}


def _required(sources: Sources, name: str) -> Sure:
    form = sources.forms.get(name)
    required = (field.name for field in form.fields if field.required) if form else ()
    return _ALWAYS | frozenset(required)


def _consenting(sources: Sources, topic: str) -> list[Sure]:
    """What is required by each form on which one can say yes to the topic."""
    return [
        _required(sources, name)
        for name, form in sources.forms.items()
        if form and any(field.topic == topic for field in form.fields)
    ]


def _check_topic(mail: MailSource, topics: frozenset[str] | None) -> None:
    if mail.kind is MailKind.REQUESTED:
        if mail.topic:
            mail.topic.spot.report(
                "a requested mail has no topic: the lead asked for it, so it"
                " needs no consent; leave the topic out"
            )
    elif mail.topic is None:
        if not mail.spot.reported_at("topic"):
            mail.spot.report("needs its `topic`: only leads who said yes to it get the mail")
    elif topics is not None and mail.topic.value not in topics:
        hint = did_you_mean(mail.topic.value, topics)
        mail.topic.spot.report(f"there is no topic {mail.topic.value!r} in client.yaml{hint}")


def _check_format(mail: MailSource) -> None:
    if mail.format == "plain" and mail.preheader:
        mail.preheader.spot.report("a plain mail has no preheader: its first line is shown instead")


def _check_links(
    mail: MailSource, files: Mapping[str, object], forms: Mapping[str, object]
) -> None:
    placeholders = Placeholders()
    body = placeholders.protect(mail.body)
    whole = mail.format == "mjml"
    for target, line in targets_in_mjml(body) if whole else targets(parse(body)):
        spot = mail.spot.on_line(mail.body_line + line)
        if placeholders.held_by(target):
            if _REFERRAL.fullmatch(placeholders.restore(target)):
                continue
            ours = any(word in placeholders.restore(target) for word in _OUR_PAGES)
            if not (whole and ours):
                spot.report("a link's target can't hold a placeholder: it is signed as it stands")
        elif problem := _wrong_target(target, files, forms):
            spot.report(problem)


def _wrong_target(target: str, files: Mapping[str, object], forms: Mapping[str, object]) -> str:
    scheme, _, rest = target.partition(":")
    if len(target) > LONGEST_TARGET:
        return f"a link of {len(target)} characters is too long to be signed; use a shorter one"
    if scheme == "file":
        known = rest in files
        return "" if known else f"there is no file {rest!r} in files/{did_you_mean(rest, files)}"
    if scheme == "form":
        known = rest in forms
        return "" if known else f"there is no form {rest!r} in forms/{did_you_mean(rest, forms)}"
    if scheme in {"mailto", "tel"} or HTTPS.fullmatch(target):
        return ""
    if scheme == "http":
        return f"{target!r} must begin with https://"
    return (
        f"{target!r} leads nowhere; write a whole address with https://, `file:guide.pdf`, or"
        " `form:` and a form's name"
    )


def _check_sender(mail: MailSource, sources: Sources) -> None:
    people = sources.root.client.people if sources.root else {}
    if mail.sender and mail.sender.value != REP and mail.sender.value not in people:
        hint = did_you_mean(mail.sender.value, [*people, REP])
        mail.sender.spot.report(
            f"there is no {mail.sender.value!r} among the `people:` of client.yaml{hint}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    fields: frozenset[str] | None
    words: frozenset[str]
    sure: Sure

    def check(self, mail: MailSource, blocks: Blocks) -> None:
        for part in filter(None, (mail.subject, mail.preheader)):
            self._read(part.value, blocks, _always(part.spot))
        first = mail.body_line - 1
        self._read(mail.body, blocks, lambda line: mail.spot.on_line(first + line))
        if mail.format == "mjml":
            demand(mail.spot, mail.body, "unsubscribe_url", "client.postal")
        if what_for := _WHAT_FOR.get(mail.mail):
            demand(mail.spot, mail.body, what_for)

    def _read(self, text: str, blocks: Blocks, at: Callable[[int], Spot]) -> None:
        template = blocks.numbered(text, at)
        Vocabulary(
            fields=self.fields,
            words=self.words,
            at=at,
            sure=self.sure,
            conditions=blocks.sure,
        ).check(template)


def _always(spot: Spot) -> Callable[[int], Spot]:
    return lambda _line: spot
