"""A client's folder in, a compiled client out, or every mistake at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Broadcast, Entry, Exit, Journey, Reactions, WaitRule
from infra.journeys.defaults import with_defaults
from infra.journeys.plan import plan
from infra.journeys.source import JourneySource
from infra.journeys.states import machine
from infra.playbook.broadcasts import BroadcastSource
from infra.playbook.checks import check, check_compiled
from infra.playbook.compiled import CompiledClient, Schedule
from infra.playbook.folder import Sources, read_folder
from infra.playbook.mails import LaidOut, lay_out
from infra.reading.problems import Problems


def compile_client(folder: Path, *, environment: str) -> CompiledClient:
    """Raises PlaybookProblems."""
    problems = Problems()
    sources = read_folder(folder, environment=environment, problems=problems)
    sources = replace(
        sources,
        journeys={
            name: with_defaults(journey) if journey else None
            for name, journey in sources.journeys.items()
        },
    )
    check(sources, problems)
    problems.raise_any()
    compiled = _compiled(sources)
    check_compiled(compiled, sources, problems)
    problems.raise_any()
    return compiled


def all_clients(clients_dir: Path) -> list[Path]:
    """The folders of all clients, in order of name."""
    return sorted(path.parent for path in clients_dir.glob("*/client.yaml"))


def _compiled(sources: Sources) -> CompiledClient:
    if sources.root is None:
        raise TypeError("a checked folder has its client.yaml")
    live = {
        name: journey
        for name, journey in sources.journeys.items()
        if journey and journey.status == "live"
    }
    journeys = {name: plan(journey) for name, journey in live.items()}
    mails = _mails(sources)
    broadcasts = [broadcast for broadcast in sources.broadcasts.values() if broadcast]
    client = sources.root.client
    return CompiledClient(
        client=client,
        extra=sources.root.extra,
        forms={name: form for name, form in sources.forms.items() if form},
        journeys=journeys,
        mails={laid.mail.mail: laid.mail for laid in mails},
        broadcasts={found.broadcast: _broadcast(found) for found in broadcasts},
        reactions=_reactions(live, journeys, tuple(sorted(sources.events or ()))),
        machines={name: machine(journey) for name, journey in journeys.items()},
        schedules=tuple(
            Schedule(broadcast=found.broadcast, expression=found.schedule, zone=client.zone)
            for found in broadcasts
        ),
        files=sources.files,
        templates={name: text for laid in mails for name, text in laid.templates.items()},
    )


def _mails(sources: Sources) -> list[LaidOut]:
    found = [
        lay_out(mail, layout=sources.layout, footer=sources.footer)
        for mail in sources.mails.values()
        if mail
    ]
    if sources.hand_off:
        notice = replace(sources.hand_off, kind=MailKind.NOTICE, format="plain")
        found.append(lay_out(notice, layout=None, footer=""))
    return found


def _broadcast(found: BroadcastSource) -> Broadcast:
    return Broadcast(
        broadcast=found.broadcast,
        mail=found.mail.value if found.mail else "",
        topic=found.topic.value if found.topic else "",
    )


def _reactions(
    live: Mapping[str, JourneySource], journeys: Mapping[str, Journey], events: tuple[str, ...]
) -> Reactions:
    return Reactions(
        entries=tuple(
            Entry(journey=name, first=journeys[name].first, when=entry.value)
            for name, source in live.items()
            for entry in source.entries
        ),
        exits=tuple(
            Exit(journey=name, when=exit_when.value, reason="converted")
            for name, source in live.items()
            for exit_when in source.exits
        ),
        waits=tuple(
            WaitRule(journey=name, step=step.id, when=step.wait_for.when)
            for name, journey in journeys.items()
            for step in journey.steps.values()
            if step.wait_for
        ),
        events=events,
    )
