"""A client's folder in, a compiled client out, or every mistake at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from coldframe.domain.form import Form
from coldframe.domain.journey import Journey
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.lead import normal_address
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Broadcast, Reactions
from coldframe.domain.touchpoint import content_of, short_hash
from infra.journeys.enrolling import prepared
from infra.journeys.journey_source import JourneySource
from infra.journeys.plan import plan
from infra.journeys.ranks import ranked
from infra.journeys.reactions import reactions
from infra.journeys.retired import with_retired
from infra.journeys.states import machine
from infra.playbook.checks import check, check_compiled
from infra.playbook.client_file import ClientFile
from infra.playbook.compiled import CompiledClient, Schedule
from infra.playbook.conditions import built_in
from infra.playbook.event_sets import sets_of
from infra.playbook.folder import Sources, read_folder
from infra.playbook.knowing.checks import with_knowing
from infra.playbook.knowing.words import catalogue_for
from infra.playbook.mail_files import ASKED_FOR
from infra.playbook.mails import LaidOut, lay_out
from infra.playbook.stationery import stationery_of, translations_of
from infra.playbook.texts import laid_texts
from infra.playbook.visits import visit_rules
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
    own = sources.root.client.locale
    deployed = {name: each for name, each in sources.journeys.items() if each and each.deployed}
    live = [each.priority for each in deployed.values() if each.live]
    letters = _letters(sources)
    journeys = {
        name: ranked(
            with_retired(plan(journey), sources.retired.get(name, {})),
            live=live,
            broadcasts=letters,
        )
        for name, journey in deployed.items()
    }
    mails = _mails(sources)
    texts, text_templates = laid_texts(sources.texts, sources.emails.words, own=own)
    return CompiledClient(
        client=replace(sources.root.client, languages=_languages(own, mails)),
        extra=sources.root.extra,
        fields=sources.fields or {},
        events=sources.events or {},
        forms=_forms(sources, sources.root),
        questions=stationery_of(sources).questions,
        journeys=journeys,
        mails={laid.mail.mail: laid.mail for laid in mails},
        texts=texts,
        broadcasts=_asked_for()
        | {name: ranked(each, live=live, broadcasts=letters) for name, each in letters.items()},
        reactions=_reactions(sources, deployed, journeys, mails),
        catalogue=catalogue_for(sources.fields, sources.events, sources.knowing)
        or built_in.catalogue(),
        machines={name: machine(journey) for name, journey in journeys.items()},
        schedules=_schedules(sources, sources.root.client.zone),
        files=sources.files,
        hooks=sources.root.hooks,
        visits=visit_rules(sources.root.visits, sources.root.client.sites, sources.events or {}),
        costs=sources.costs,
        templates={
            **{name: text for laid in mails for name, text in laid.templates.items()},
            **text_templates,
        },
    )


def _forms(sources: Sources, root: ClientFile) -> dict[str, Form]:
    """As posted to: with what client.yaml says of consent and of the sites they stand on."""
    sites = tuple(map(origin, root.client.sites))
    return {
        name: root.consent.applied(replace(form, sites=sites))
        for name, form in sources.forms.items()
        if form
    }


def _letters(sources: Sources) -> dict[str, Broadcast]:
    return {name: found.compiled() for name, found in sources.broadcasts.items() if found}


def _asked_for() -> dict[str, Broadcast]:
    """The mails of ours that leads ask for."""
    return {name: Broadcast(broadcast=name, mail=name, topic="") for name in ASKED_FOR}


def _schedules(sources: Sources, zone: str) -> tuple[Schedule, ...]:
    return tuple(
        Schedule(broadcast=found.broadcast, expression=found.schedule, zone=zone)
        for found in sources.broadcasts.values()
        if found
    )


def _reactions(
    sources: Sources,
    deployed: Mapping[str, JourneySource],
    journeys: Mapping[str, Journey],
    mails: list[LaidOut],
) -> Reactions:
    caps = sources.root.client.caps if sources.root else ()
    drawn = reactions(
        deployed,
        journeys,
        events=tuple(sorted(sources.events or ())),
        asked=[
            *(each for laid in mails for each in laid.mail.conditions),
            *(rule.when for rule in caps if rule.when),
        ],
    )
    testers = sources.root.extra.testers if sources.root else ()
    drawn = with_knowing(drawn, sources)
    keep = {
        name: int(field.keep.total_seconds())
        for name, field in sorted((sources.fields or {}).items())
        if field.keep
    }
    return replace(
        drawn,
        testers=tuple(map(normal_address, testers)),
        keep=keep,
        referrals=bool(sources.root and sources.root.client.referrals),
        sets=sets_of(sources.events, sources.fields),
        knowing=_keeping(drawn.knowing, keep),
    )


def _keeping(knowing: Knowing, keep: Mapping[str, int]) -> Knowing:
    """Other times to keep things are another version: leads who are known learn of it too."""
    if not keep:
        return knowing
    return replace(knowing, version=short_hash("keep", knowing.version, content_of(keep))[:12])


def _languages(own: str, mails: list[LaidOut]) -> tuple[str, ...]:
    """What the client's mails are written in, its own language first; ours are in more."""
    written = (laid.mail for laid in mails if not laid.mail.mail.startswith("_"))
    others = {language for mail in written for language in mail.translations}
    return (own, *sorted(others - {own}))


def _mails(sources: Sources) -> list[LaidOut]:
    stationery = stationery_of(sources)
    found = [
        lay_out(mail, stationery, translations_of(sources, mail.mail))
        for mail in sources.emails.mails.values()
        if mail
    ]
    if sources.emails.hand_off:
        notice = replace(sources.emails.hand_off, kind=MailKind.NOTICE, format="plain")
        found.append(lay_out(notice, replace(stationery, footer=""), {}))
    return found
