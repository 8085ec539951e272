"""Compositions for the functions that send mail, and for the steps between mails."""

from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.parts import lead_table, mailer, renderer, sweep_alarm, task_waits

if TYPE_CHECKING:
    from coldframe.services.broadcasting import Broadcasting
    from coldframe.services.deciding import Deciding
    from coldframe.services.handing_off import HandingOff
    from coldframe.services.messaging import Messaging


def messaging(settings: environment.SendSettings, aws: Clients) -> "Messaging":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.gates import DynamoGates
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.services.messaging import Messaging

    table, playbook = lead_table(settings, aws), CompiledPlaybook()
    return Messaging(
        enrolments=DynamoEnrolments(table),
        gates=DynamoGates(table),
        profiles=DynamoProfiles(table),
        ledger=DynamoLedger(table),
        touchpoints=DynamoTouchpoints(table),
        mailer=mailer(settings, aws),
        renderer=renderer(settings, aws, playbook),
        waits=task_waits(aws),
        playbook=playbook,
        clock=SystemClock(),
    )


def deciding(settings: environment.TableSettings, aws: Clients) -> "Deciding":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.services.deciding import Deciding

    table = lead_table(settings, aws)
    return Deciding(
        enrolments=DynamoEnrolments(table),
        touchpoints=DynamoTouchpoints(table),
        waits=task_waits(aws),
        playbook=CompiledPlaybook(),
        clock=SystemClock(),
    )


def handing_off(settings: environment.SendSettings, aws: Clients) -> "HandingOff":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.services.handing_off import HandingOff

    table, playbook = lead_table(settings, aws), CompiledPlaybook()
    return HandingOff(
        enrolments=DynamoEnrolments(table),
        profiles=DynamoProfiles(table),
        ledger=DynamoLedger(table),
        mailer=mailer(settings, aws),
        renderer=renderer(settings, aws, playbook),
        playbook=playbook,
        clock=SystemClock(),
    )


def broadcasting(settings: environment.BroadcastSettings, aws: Clients) -> "Broadcasting":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.gates import DynamoGates
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.members import DynamoMembers
    from coldframe.adapters.occurrences import DynamoOccurrences
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.services.broadcasting import Broadcasting

    table, playbook = lead_table(settings, aws), CompiledPlaybook()
    return Broadcasting(
        occurrences=DynamoOccurrences(table),
        members=DynamoMembers(table),
        enrolments=DynamoEnrolments(table),
        gates=DynamoGates(table),
        profiles=DynamoProfiles(table),
        ledger=DynamoLedger(table),
        mailer=mailer(settings, aws),
        renderer=renderer(settings, aws, playbook),
        playbook=playbook,
        alarm=sweep_alarm(settings, aws),
        clock=SystemClock(),
    )
