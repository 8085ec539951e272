"""Second pass over mails: topics, links, placeholders."""

from collections.abc import Callable, Mapping
from typing import Final

from coldframe.domain.message import MailKind
from infra.playbook.declared import BUILT_IN_FIELDS
from infra.playbook.folder import FOOTER, Sources
from infra.playbook.layout import LAYOUT, demand
from infra.playbook.mail_source import MailSource
from infra.playbook.placeholders import Placeholders
from infra.playbook.prose import parse, targets
from infra.playbook.vocabulary import CLIENT_WORDS, Sure, Vocabulary
from infra.reading.problems import Problems, Spot, did_you_mean
from infra.reading.values import HTTPS

_MAIL: Final = CLIENT_WORDS | {"unsubscribe_url"}
_NOTICE: Final = CLIENT_WORDS | {"journey", "facts", "history"}
_LAYOUT: Final = _MAIL | {"content", "subject", "preheader"}
LONGEST_TARGET: Final = 2_000
"""Characters: the token holds the target, and mail programs cut longer addresses."""
_ALWAYS: Final = frozenset(BUILT_IN_FIELDS)


def check_mails(sources: Sources, problems: Problems) -> None:
    fields = None if sources.fields is None else frozenset(sources.fields)
    sure = sure_fields(sources)
    for mail in filter(None, sources.mails.values()):
        _check_topic(mail, sources.topics)
        _check_format(mail)
        _check_links(mail, sources.files)
        _check_words(mail, fields=fields, words=_MAIL, sure=sure.get(mail.mail, _ALWAYS))
    if sources.hand_off:
        _check_words(sources.hand_off, fields=fields, words=_NOTICE, sure=_ALWAYS)
    for name, text, words in (
        (FOOTER, sources.footer, _MAIL),
        (LAYOUT, sources.layout.source if sources.layout else "", _LAYOUT),
    ):
        spot = Spot(file=name, line=1, path="", problems=problems)
        Vocabulary(fields=fields, words=words, at=spot.on_line, sure=_ALWAYS).check(text)
    if sources.footer:
        spot = Spot(file=FOOTER, line=1, path="", problems=problems)
        demand(spot, sources.footer, "unsubscribe_url", "client.postal")


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


def _check_links(mail: MailSource, files: Mapping[str, object]) -> None:
    placeholders = Placeholders()
    for target, line in targets(parse(placeholders.protect(mail.body))):
        spot = mail.spot.on_line(mail.body_line + line)
        if placeholders.held_by(target):
            spot.report("a link's target can't hold a placeholder: it is signed as it stands")
        elif problem := _wrong_target(target, files):
            spot.report(problem)


def _wrong_target(target: str, files: Mapping[str, object]) -> str:
    scheme, _, rest = target.partition(":")
    if len(target) > LONGEST_TARGET:
        return f"a link of {len(target)} characters is too long to be signed; use a shorter one"
    if scheme == "file":
        known = rest in files
        return "" if known else f"there is no file {rest!r} in files/{did_you_mean(rest, files)}"
    if scheme in {"mailto", "tel"} or HTTPS.fullmatch(target):
        return ""
    if scheme == "http":
        return f"{target!r} must begin with https://"
    return f"{target!r} leads nowhere; write a whole address with https://, or `file:guide.pdf`"


def _check_words(
    mail: MailSource, *, fields: frozenset[str] | None, words: frozenset[str], sure: Sure
) -> None:
    for part in filter(None, (mail.subject, mail.preheader)):
        Vocabulary(fields=fields, words=words, at=_always(part.spot), sure=sure).check(part.value)
    first = mail.body_line - 1
    Vocabulary(
        fields=fields, words=words, at=lambda line: mail.spot.on_line(first + line), sure=sure
    ).check(mail.body)


def _always(spot: Spot) -> Callable[[int], Spot]:
    return lambda _line: spot
