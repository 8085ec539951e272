"""Second pass: the files of a client's folder compared with one another."""

import json
from typing import Final

from coldframe.domain.message import MailKind
from infra.journeys.known import Known
from infra.journeys.retired import check_retired
from infra.journeys.run_limits import limit_problem
from infra.playbook.broadcasts import BroadcastSource
from infra.playbook.compiled import CompiledClient
from infra.playbook.event_sets import check_sets
from infra.playbook.folder import Sources
from infra.playbook.hooks import check_hooks
from infra.playbook.journey_checks import check_journeys, known_of
from infra.playbook.knowing.checks import check_knowing
from infra.playbook.mail_checks import check_mails
from infra.playbook.referrals import check_referrals
from infra.playbook.templates import broken
from infra.playbook.texts import TEMPLATE
from infra.reading.problems import Problems, Spot


def check(sources: Sources, problems: Problems) -> None:
    if sources.root and sources.root.hooks_at:
        check_hooks(sources.root.hooks, sources.events, sources.root.hooks_at)
    if sources.root:
        target, spot = sources.root.client.referrals, sources.root.referrals_at
        check_referrals(target, sources.forms, spot)
    check_sets(sources.events, sources.fields)
    known = known_of(sources)
    check_journeys(sources, known, segments=check_knowing(sources))
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
    for name, compiled_journey in compiled.journeys.items():
        source = sources.journeys[name]
        if source and (problem := limit_problem(compiled_journey)):
            source.spot.report(problem)
        if source:
            check_retired(compiled_journey, source.spot, compiled.mails)
    for template, problem in broken(compiled.templates).items():
        mail = template.rpartition(".")[0]
        file = f"texts/{mail}.txt" if template.endswith(f".{TEMPLATE}") else f"emails/{mail}.md"
        spot = Spot(file=file, line=1, path="", problems=problems)
        spot.report(f"a placeholder is entangled with the text or the layout: {problem}")
