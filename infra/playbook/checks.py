"""Second pass: the files of a client's folder compared with one another."""

import json
from typing import Final

from coldframe.domain.message import MailKind
from infra.journeys.checks import check_journey
from infra.journeys.known import Known, KnownMail
from infra.playbook.broadcasts import BroadcastSource
from infra.playbook.compiled import CompiledClient
from infra.playbook.folder import Sources
from infra.playbook.mail_checks import check_mails
from infra.playbook.mail_source import MailSource
from infra.playbook.templates import broken
from infra.reading.problems import Problems, Spot


def check(sources: Sources, problems: Problems) -> None:
    known = Known(
        mails={name: _known(mail, sources.topics) for name, mail in sources.mails.items()},
        forms=frozenset(sources.forms),
        events=None if sources.events is None else frozenset(sources.events),
        topics=sources.topics,
    )
    for journey in filter(None, sources.journeys.values()):
        check_journey(journey, known)
    for broadcast in filter(None, sources.broadcasts.values()):
        _check_broadcast(broadcast, known)
    check_mails(sources, problems)


def _check_broadcast(broadcast: BroadcastSource, known: Known) -> None:
    mail, topic = broadcast.mail, broadcast.topic
    if topic:
        known.check_topic(topic)
    if mail is None:
        return
    known.check_mail(mail)
    about = known.mails.get(mail.value)
    if about is None:
        return
    if about.kind is MailKind.REQUESTED:
        mail.spot.report(f"{mail.value!r} is of the kind `requested`: nobody asked for a broadcast")
    elif topic and topic.value in (known.topics or ()) and about.topic not in {None, topic.value}:
        topic.spot.report(f"{mail.value!r} is of the topic {about.topic!r}; make them one")


def _known(mail: MailSource | None, topics: frozenset[str] | None) -> KnownMail | None:
    """A topic that doesn't exist is complained of at the mail, once."""
    if mail is None:
        return None
    topic = mail.topic.value if mail.topic else None
    return KnownMail(kind=mail.kind, topic=topic if topic in (topics or ()) else None)


LARGEST: Final = 400_000
"""Bytes of one definition; AWS takes 1 MiB of it, and a whole template holds no more than that."""


def check_compiled(compiled: CompiledClient, sources: Sources, problems: Problems) -> None:
    """What shows only when everything is put together."""
    for name, definition in compiled.machines.items():
        journey = sources.journeys[name]
        size = len(json.dumps(definition).encode())
        if journey and size > LARGEST:
            journey.spot.report(
                f"is too large a machine ({size // 1000} kB of {LARGEST // 1000});"
                " make two journeys of it"
            )
    for template, problem in broken(compiled.templates).items():
        mail = template.rpartition(".")[0]
        spot = Spot(file=f"emails/{mail}.md", line=1, path="", problems=problems)
        spot.report(f"a placeholder is entangled with the text or the layout: {problem}")
