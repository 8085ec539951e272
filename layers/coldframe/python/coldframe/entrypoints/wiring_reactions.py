"""Compositions for the functions that react: to the stream, to SES, to what is due."""

from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.parts import (
    journey_runs,
    lead_table,
    seldom_armed,
    sweep_alarm,
    task_waits,
)

if TYPE_CHECKING:
    from coldframe.services.carrying_out import CarryingOut
    from coldframe.services.email_events import EmailEventRecording
    from coldframe.services.reacting import Reacting
    from coldframe.services.resuming import Resuming
    from coldframe.services.sweeping import Sweeping


def reacting(settings: environment.SweepAlarmSettings, aws: Clients) -> "Reacting":
    from coldframe.adapters.addresses import AddressLists
    from coldframe.adapters.counting import DynamoNewcomers
    from coldframe.adapters.identities import DynamoIdentities
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.observations import DynamoObservations
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.adapters.surges import DynamoSurges
    from coldframe.adapters.visitors import DynamoVisitors
    from coldframe.entrypoints.streams import tell_of_surge
    from coldframe.services.joining import Joining
    from coldframe.services.merging import Merging
    from coldframe.services.reacting import Reacting
    from coldframe.services.referring import ReferralJudging
    from coldframe.services.surging import SurgeWatching

    table, alarm = lead_table(settings, aws), sweep_alarm(settings, aws)
    touchpoints, profiles = DynamoTouchpoints(table), DynamoProfiles(table)
    playbook, clock = CompiledPlaybook(), SystemClock()
    return Reacting(
        touchpoints=touchpoints,
        profiles=profiles,
        observations=DynamoObservations(table),
        ledger=DynamoLedger(table),
        playbook=playbook,
        alarm=alarm,
        clock=clock,
        surges=SurgeWatching(
            newcomers=DynamoNewcomers(table),
            surges=DynamoSurges(table, clock),
            tell=tell_of_surge,
            clock=clock,
        ),
        is_business=AddressLists(playbook.place).is_business,
        merging=Merging(
            touchpoints=touchpoints,
            profiles=profiles,
            identities=DynamoIdentities(table),
            playbook=playbook,
            alarm=alarm,
            clock=clock,
        ),
        joining=Joining(visitors=DynamoVisitors(table)),
        referring=ReferralJudging(
            touchpoints=DynamoTouchpoints(table), visitors=DynamoVisitors(table)
        ),
    )


def carrying_out(settings: environment.RunSettings, aws: Clients) -> "CarryingOut":
    from coldframe.adapters.broadcasts import InvokedBroadcasts
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.services.carrying_out import CarryingOut

    table = lead_table(settings, aws)
    return CarryingOut(
        enrolments=DynamoEnrolments(table),
        touchpoints=DynamoTouchpoints(table),
        runs=journey_runs(settings, aws),
        waits=task_waits(aws),
        resuming=resuming(settings, aws),
        broadcasts=InvokedBroadcasts(aws("lambda"), settings.broadcast_function),
        playbook=CompiledPlaybook(),
        clock=SystemClock(),
    )


def resuming(settings: environment.RunSettings, aws: Clients) -> "Resuming":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.services.resuming import Resuming

    table = lead_table(settings, aws)
    return Resuming(
        enrolments=DynamoEnrolments(table),
        ledger=DynamoLedger(table),
        runs=journey_runs(settings, aws),
        playbook=CompiledPlaybook(),
        alarm=seldom_armed(settings, aws),
        clock=SystemClock(),
    )


def email_event_recording(
    settings: environment.TableSettings, aws: Clients
) -> "EmailEventRecording":
    from coldframe.adapters.email_events import DynamoEmailEvents
    from coldframe.adapters.gates import DynamoGates
    from coldframe.services.email_events import EmailEventRecording

    table = lead_table(settings, aws)
    return EmailEventRecording(
        messages=DynamoEmailEvents(table),
        gates=DynamoGates(table),
        touchpoints=DynamoTouchpoints(table),
        clock=SystemClock(),
    )


def sweeping(settings: environment.SweepSettings, aws: Clients) -> "Sweeping":
    from coldframe.adapters.addresses import AddressLists
    from coldframe.adapters.broadcasts import InvokedBroadcasts
    from coldframe.adapters.companies import DynamoCompanies
    from coldframe.adapters.due import DynamoDueIndex
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.identities import DynamoIdentities
    from coldframe.adapters.members import DynamoMembers
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.adapters.progress import DynamoProgress
    from coldframe.services.colleagues import TellingColleagues
    from coldframe.services.migrating import Migrating
    from coldframe.services.moving import Moving
    from coldframe.services.relearning import Relearning
    from coldframe.services.sweeping import Sweeping

    table, clock, playbook = lead_table(settings, aws), SystemClock(), CompiledPlaybook()
    resume = resuming(settings, aws)
    return Sweeping(
        due=DynamoDueIndex(table),
        touchpoints=DynamoTouchpoints(table),
        resuming=resume,
        moving=Moving(
            touchpoints=DynamoTouchpoints(table), identities=DynamoIdentities(table), clock=clock
        ),
        colleagues=TellingColleagues(
            companies=DynamoCompanies(table), touchpoints=DynamoTouchpoints(table), clock=clock
        ),
        relearning=Relearning(
            members=DynamoMembers(table),
            touchpoints=DynamoTouchpoints(table),
            profiles=DynamoProfiles(table),
            progress=DynamoProgress(table),
            migrating=Migrating(
                enrolments=DynamoEnrolments(table), resuming=resume, playbook=playbook
            ),
            playbook=playbook,
            alarm=sweep_alarm(settings, aws),
            clock=clock,
            is_business=AddressLists(playbook.place).is_business,
        ),
        broadcasts=InvokedBroadcasts(aws("lambda"), settings.broadcast_function),
        alarm=sweep_alarm(settings, aws),
        clock=clock,
    )
