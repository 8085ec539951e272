"""Compositions for the functions that send mail."""

from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.parts import keys, lead_table, mailer, renderer, sweep_alarm, task_waits
from coldframe.entrypoints.wiring_steps import known_leads, pausing

if TYPE_CHECKING:
    from coldframe.adapters.gates import DynamoGates
    from coldframe.adapters.keys import SecretKeys
    from coldframe.adapters.mailboxes import DynamoMailboxes
    from coldframe.adapters.table import Table
    from coldframe.adapters.turns import DynamoTurns
    from coldframe.services.broadcasting import Broadcasting
    from coldframe.services.handing_off import HandingOff
    from coldframe.services.messaging import Messaging


def paused_gates(table: "Table") -> "DynamoGates":
    """Who sends is told with each gate whether the client's mails are paused, or a surge's held."""
    from coldframe.adapters.client_pause import ClientPauses
    from coldframe.adapters.gates import DynamoGates
    from coldframe.adapters.surges import DynamoSurges

    clock = SystemClock()
    return DynamoGates(table, ClientPauses(table, clock), DynamoSurges(table, clock))


def mailboxes(table: "Table", held: "SecretKeys") -> "DynamoMailboxes":
    from coldframe.adapters.mailboxes import DynamoMailboxes

    return DynamoMailboxes(table, lambda: held().id)


def turns(table: "Table", playbook: CompiledPlaybook) -> "DynamoTurns":
    from coldframe.adapters.turns import DynamoTurns

    clock = SystemClock()
    return DynamoTurns(table, lambda: playbook.client().allowance, clock, clock.sleep)


def messaging(settings: environment.SendSettings, aws: Clients) -> "Messaging":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.foresight import ForeseeingTable
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.text_writer import JinjaTexts
    from coldframe.adapters.texts import NoTextProvider
    from coldframe.services.messaging import Messaging

    table, playbook = lead_table(settings, aws), CompiledPlaybook()
    held, foreseeing = keys(settings, aws), ForeseeingTable(table.client, table.name)
    return Messaging(
        enrolments=DynamoEnrolments(foreseeing),
        gates=paused_gates(foreseeing),
        mailboxes=mailboxes(table, held),
        leads=known_leads(foreseeing, playbook),
        ledger=DynamoLedger(table),
        mailer=mailer(settings, aws),
        renderer=renderer(settings, held, playbook),
        text_writer=JinjaTexts(playbook),
        texts=NoTextProvider(),
        waits=task_waits(aws),
        pausing=pausing(settings, aws, playbook),
        playbook=playbook,
        clock=SystemClock(),
        turns=turns(table, playbook),
    )


def handing_off(settings: environment.SendSettings, aws: Clients) -> "HandingOff":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.notices import PlainNotices
    from coldframe.adapters.surges import DynamoSurges
    from coldframe.services.handing_off import HandingOff

    table, playbook = lead_table(settings, aws), CompiledPlaybook()
    held = keys(settings, aws)
    return HandingOff(
        surges=DynamoSurges(table, SystemClock()),
        enrolments=DynamoEnrolments(table),
        leads=known_leads(table, playbook),
        ledger=DynamoLedger(table),
        mailer=mailer(settings, aws),
        renderer=renderer(settings, held, playbook),
        notices=PlainNotices(),
        waits=task_waits(aws),
        pausing=pausing(settings, aws, playbook),
        playbook=playbook,
        clock=SystemClock(),
    )


def broadcasting(settings: environment.BroadcastSettings, aws: Clients) -> "Broadcasting":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.members import DynamoMembers
    from coldframe.adapters.occurrences import DynamoOccurrences
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.services.broadcasting import Broadcasting

    table, playbook = lead_table(settings, aws), CompiledPlaybook()
    held = keys(settings, aws)
    return Broadcasting(
        occurrences=DynamoOccurrences(table),
        members=DynamoMembers(table),
        enrolments=DynamoEnrolments(table),
        gates=paused_gates(table),
        mailboxes=mailboxes(table, held),
        profiles=DynamoProfiles(table),
        ledger=DynamoLedger(table),
        mailer=mailer(settings, aws),
        renderer=renderer(settings, held, playbook),
        playbook=playbook,
        alarm=sweep_alarm(settings, aws),
        clock=SystemClock(),
        turns=turns(table, playbook),
    )
