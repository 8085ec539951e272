"""A client's folder in, a compiled client out, or every mistake at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Broadcast
from infra.journeys.enrolling import prepared
from infra.journeys.journey_source import JourneySource
from infra.journeys.plan import plan
from infra.journeys.reactions import reactions
from infra.journeys.retired import with_retired
from infra.journeys.states import machine
from infra.playbook.broadcasts import BroadcastSource
from infra.playbook.checks import check, check_compiled
from infra.playbook.compiled import CompiledClient, Schedule
from infra.playbook.conditions import built_in
from infra.playbook.folder import Sources, read_folder
from infra.playbook.knowing.checks import with_knowing
from infra.playbook.knowing.words import catalogue_for
from infra.playbook.mail_files import ASKED_FOR
from infra.playbook.mails import LaidOut, lay_out
from infra.playbook.stationery import stationery_of, translations_of
from infra.playbook.texts import laid_texts
from infra.reading.problems import Problems
from infra.reading.values import origin


def compile_client(folder: Path, *, environment: str, as_live: str = "") -> CompiledClient:
    """Raises PlaybookProblems. ``as_live``: a journey that is compiled as if it were live."""
    problems = Problems()
    sources = read_folder(folder, environment=environment, problems=problems)
    sources = replace(sources, journeys=prepared(_with_live(sources.journeys, as_live)))
    check(sources, problems)
    problems.raise_any()
    compiled = _compiled(sources)
    check_compiled(compiled, sources, problems)
    problems.raise_any()
    return compiled


def _with_live(
    journeys: Mapping[str, JourneySource | None], name: str
) -> dict[str, JourneySource | None]:
    found = journeys.get(name)
    return {**journeys, **({name: replace(found, status="live")} if found else {})}


def all_clients(clients_dir: Path) -> list[Path]:
    """The folders of all clients, in order of name."""
    return sorted(path.parent for path in clients_dir.glob("*/client.yaml"))


def _compiled(sources: Sources) -> CompiledClient:
    if sources.root is None:
        raise TypeError("a checked folder has its client.yaml")
    deployed = {
        name: journey for name, journey in sources.journeys.items() if journey and journey.deployed
    }
    journeys = {
        name: with_retired(plan(journey), sources.retired.get(name, {}))
        for name, journey in deployed.items()
    }
    mails, own = _mails(sources), sources.root.client.locale
    texts, text_templates = laid_texts(sources.texts, sources.words, own=own)
    broadcasts = [broadcast for broadcast in sources.broadcasts.values() if broadcast]
    client = replace(sources.root.client, languages=_languages(sources.root.client.locale, mails))
    return CompiledClient(
        client=client,
        extra=sources.root.extra,
        fields=sources.fields or {},
        events=sources.events or {},
        forms={
            name: sources.root.consent.applied(
                replace(form, sites=tuple(map(origin, client.sites)))
            )
            for name, form in sources.forms.items()
            if form
        },
        journeys=journeys,
        mails={laid.mail.mail: laid.mail for laid in mails},
        texts=texts,
        broadcasts={
            **{found.broadcast: _broadcast(found) for found in broadcasts},
            **{name: Broadcast(broadcast=name, mail=name, topic="") for name in ASKED_FOR},
        },
        reactions=with_knowing(
            reactions(
                deployed,
                journeys,
                events=tuple(sorted(sources.events or ())),
                asked=[each for laid in mails for each in laid.mail.conditions],
            ),
            sources,
        ),
        catalogue=catalogue_for(sources.fields, sources.events, sources.knowing)
        or built_in.catalogue(),
        machines={name: machine(journey) for name, journey in journeys.items()},
        schedules=tuple(
            Schedule(broadcast=found.broadcast, expression=found.schedule, zone=client.zone)
            for found in broadcasts
        ),
        files=sources.files,
        templates={
            **{name: text for laid in mails for name, text in laid.templates.items()},
            **text_templates,
        },
    )


def _languages(own: str, mails: list[LaidOut]) -> tuple[str, ...]:
    """What the client's mails are written in, its own language first; ours are in more."""
    written = (laid.mail for laid in mails if not laid.mail.mail.startswith("_"))
    others = {language for mail in written for language in mail.translations}
    return (own, *sorted(others - {own}))


def _mails(sources: Sources) -> list[LaidOut]:
    stationery = stationery_of(sources)
    found = [
        lay_out(mail, stationery, translations_of(sources, mail.mail))
        for mail in sources.mails.values()
        if mail
    ]
    if sources.hand_off:
        notice = replace(sources.hand_off, kind=MailKind.NOTICE, format="plain")
        found.append(lay_out(notice, replace(stationery, footer=""), {}))
    return found


def _broadcast(found: BroadcastSource) -> Broadcast:
    return Broadcast(
        broadcast=found.broadcast,
        mail=found.mail.value if found.mail else "",
        topic=found.topic.value if found.topic else "",
    )
