"""Second pass over journeys: each compared with the rest of the folder, all with one another."""

from collections.abc import Mapping

from coldframe.domain.conditions.nodes import Type
from infra.journeys.checks import check_journey
from infra.journeys.known import Known, KnownMail
from infra.journeys.loops import Reads, check_loops
from infra.playbook.declared import BUILT_IN_FIELDS, DeclaredEvent
from infra.playbook.folder import Sources
from infra.playbook.journey_words import journey_words
from infra.playbook.mail_source import MailSource
from infra.playbook.texts import check_text_message
from infra.reading.problems import did_you_mean


def check_journeys(sources: Sources, known: Known, segments: Reads) -> None:
    journeys = {name: journey for name, journey in sources.journeys.items() if journey}
    for journey in journeys.values():
        check_journey(journey, known)
    check_loops(journeys, segments)
    _check_texts(sources)
    _check_webhooks(sources)


def known_of(sources: Sources) -> Known:
    root = sources.root
    client = root.client if root else None
    segments = sources.knowing.segments
    return Known(
        mails={name: _known(mail, sources.topics) for name, mail in sources.emails.mails.items()},
        forms=frozenset(sources.forms),
        events=None if sources.events is None else _asked(sources.events),
        topics=sources.topics,
        fields=journey_words(sources.fields, sources.events, sources.knowing).fields,
        segments=None if segments is None else frozenset(segments),
        texts=frozenset(sources.texts),
        webhooks=frozenset(client.webhooks) if client else None,
        people={name: person.address for name, person in client.people.items()} if client else {},
        journeys=sources.journeys,
        caps=client.caps if client else (),
        quiet_hours=client.quiet_hours if client else None,
        value_between=root.value_between if root else 0,
    )


def _asked(events: Mapping[str, DeclaredEvent]) -> dict[str, frozenset[str] | None]:
    """What `where` may ask for: what is text, as it is compared as it stands."""
    return {
        kind: None
        if event.properties is None
        else frozenset(name for name, type_ in event.properties.items() if type_ is Type.TEXT)
        for kind, event in events.items()
    }


def _known(mail: MailSource | None, topics: frozenset[str] | None) -> KnownMail | None:
    """A topic that doesn't exist is complained of at the mail, once."""
    if mail is None:
        return None
    topic = mail.topic.value if mail.topic else None
    return KnownMail(
        kind=mail.kind,
        topic=topic if topic in (topics or ()) else None,
        stage=mail.stage,
    )


def _check_texts(sources: Sources) -> None:
    fields = None if sources.fields is None else frozenset(sources.fields)
    for name, text in sources.texts.items():
        if text and name in sources.emails.mails:
            text.spot.report(f"a mail is called {name!r} too; give the text a name of its own")
        if text:
            check_text_message(
                text,
                fields=fields,
                sure=frozenset(BUILT_IN_FIELDS),
                words=sources.emails.words,
                own=sources.root.client.locale if sources.root else "en",
            )


def _check_webhooks(sources: Sources) -> None:
    root, fields = sources.root, sources.fields
    for name, webhook in (root.client.webhooks if root else {}).items():
        for field in webhook.fields:
            if root and fields is not None and field not in fields:
                root.spot.report(
                    f"webhook {name!r} tells the field {field!r}, which isn't declared in"
                    f" fields.yaml{did_you_mean(field, fields)}"
                )
