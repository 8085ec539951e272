"""Compositions for the functions that the public routes call."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.parts import keys, lead_table, signed_links, touchpoints

if TYPE_CHECKING:
    from coldframe.adapters.keys import SecretKeys
    from coldframe.adapters.links import SignedLinks
    from coldframe.entrypoints.activity_answers import ActivityAnswers
    from coldframe.entrypoints.form_reader import FormReader
    from coldframe.entrypoints.form_showing import FormShowing
    from coldframe.entrypoints.hook_answers import HookAnswers
    from coldframe.entrypoints.stored_files import FileServing
    from coldframe.services.capture import LeadCapture
    from coldframe.services.fetching import FileFetching
    from coldframe.services.following import LinkFollowing
    from coldframe.services.record_event import EventRecording
    from coldframe.services.unsubscribing import Unsubscribing


def lead_capture(settings: environment.SignedSettings, aws: Clients) -> "LeadCapture":
    from coldframe.services.capture import LeadCapture

    return LeadCapture(touchpoints=touchpoints(settings, aws), clock=SystemClock())


def form_reader(
    settings: environment.SignedSettings, aws: Clients, playbook: CompiledPlaybook
) -> "FormReader":
    from coldframe.adapters.addresses import AddressLists
    from coldframe.entrypoints.form_reader import FormReader

    held = keys(settings, aws)
    return FormReader(
        lead_of=lead_ids(held),
        links=_when_asked(held),
        lists=AddressLists(playbook.place),
        clock=SystemClock(),
    )


def form_showing(settings: environment.KeySettings, aws: Clients) -> "FormShowing":
    from coldframe.entrypoints.form_showing import FormShowing

    return FormShowing(links=_when_asked(keys(settings, aws)), clock=SystemClock())


def _when_asked(held: "SecretKeys") -> Callable[[], "SignedLinks"]:
    return lambda: signed_links(held)


def event_recording(settings: environment.SignedSettings, aws: Clients) -> "EventRecording":
    from coldframe.services.record_event import EventRecording

    return EventRecording(
        touchpoints=touchpoints(settings, aws), playbook=CompiledPlaybook(), clock=SystemClock()
    )


def hook_answers(
    settings: environment.SignedSettings, aws: Clients, playbook: CompiledPlaybook
) -> "HookAnswers":
    from coldframe.entrypoints.hook_answers import HookAnswers

    return HookAnswers(
        hooks=playbook.hooks,
        keys=keys(settings, aws),
        record=event_recording(settings, aws),
        clock=SystemClock(),
    )


def activity_answers(
    settings: environment.SignedSettings, aws: Clients, playbook: CompiledPlaybook
) -> "ActivityAnswers":
    from coldframe.adapters.visitors import DynamoVisits
    from coldframe.entrypoints.activity import ActivityReader
    from coldframe.entrypoints.activity_answers import ActivityAnswers
    from coldframe.services.visiting import VisitRecording

    held, table, clock = keys(settings, aws), lead_table(settings, aws), SystemClock()
    return ActivityAnswers(
        read=ActivityReader(
            rules=playbook.visits, lead_of=lead_ids(held), links=_when_asked(held), clock=clock
        ),
        record=VisitRecording(
            visits=DynamoVisits(table), touchpoints=DynamoTouchpoints(table), clock=clock
        ),
        place=playbook.place,
    )


def unsubscribing(settings: environment.SignedSettings, aws: Clients) -> "Unsubscribing":
    from coldframe.adapters.gates import DynamoGates
    from coldframe.services.unsubscribing import Unsubscribing

    table = lead_table(settings, aws)
    return Unsubscribing(
        gates=DynamoGates(table),
        touchpoints=DynamoTouchpoints(table),
        links=signed_links(keys(settings, aws)),
        clock=SystemClock(),
    )


def link_following(settings: environment.SignedSettings, aws: Clients) -> "LinkFollowing":
    from coldframe.services.following import LinkFollowing

    playbook = CompiledPlaybook()
    return LinkFollowing(
        touchpoints=touchpoints(settings, aws),
        links=signed_links(keys(settings, aws)),
        clock=SystemClock(),
        tells=_tells(playbook),
        stored=playbook.stored,
    )


def _tells(playbook: CompiledPlaybook) -> Callable[[str], bool]:
    """Whether a page is one of those that embed our script; read when a link is followed."""

    def tells(target: str) -> bool:
        rules = playbook.visits()
        if rules is None:
            return False
        from coldframe.domain.visits import page_of

        return page_of(target, rules.sites) is not None

    return tells


def file_serving(
    settings: environment.FileSettings, aws: Clients, playbook: CompiledPlaybook
) -> "FileServing":
    from coldframe.adapters.files import S3Files
    from coldframe.entrypoints.stored_files import FileServing

    held, clock = keys(settings, aws), SystemClock()
    return FileServing(
        playbook=playbook,
        files=S3Files(aws("s3"), settings.bucket),
        links=_when_asked(held),
        fetched=lambda: _fetching(settings, aws),
        clock=clock,
    )


def _fetching(settings: environment.FileSettings, aws: Clients) -> "FileFetching":
    """Most files are open to everybody, who leave no trace."""
    from coldframe.services.fetching import FileFetching

    return FileFetching(touchpoints=touchpoints(settings, aws), clock=SystemClock())


def lead_ids(keys: "SecretKeys") -> Callable[[str], str]:
    """An address in its normal form to its lead's id."""
    from coldframe.domain.lead import lead_id

    return lambda address: lead_id(keys().id, address)
