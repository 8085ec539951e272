"""Compositions for the steps of journeys that send no mail, and for what follows every step."""

from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.parts import keys, lead_table, seldom_armed, task_waits

if TYPE_CHECKING:
    from coldframe.adapters.table import Table
    from coldframe.services.calling import Calling
    from coldframe.services.deciding import Deciding
    from coldframe.services.known_leads import KnownLeads
    from coldframe.services.pausing import Pausing


def known_leads(table: "Table", playbook: CompiledPlaybook) -> "KnownLeads":
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.services.known_leads import KnownLeads

    return KnownLeads(
        profiles=DynamoProfiles(table),
        touchpoints=DynamoTouchpoints(table),
        playbook=playbook,
        clock=SystemClock(),
    )


def pausing(
    settings: environment.TableSettings, aws: Clients, playbook: CompiledPlaybook
) -> "Pausing":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.services.pausing import Pausing

    table = lead_table(settings, aws)
    return Pausing(
        enrolments=DynamoEnrolments(table),
        leads=known_leads(table, playbook),
        touchpoints=DynamoTouchpoints(table),
        waits=task_waits(aws),
        playbook=playbook,
        clock=SystemClock(),
    )


def deciding(settings: environment.SweepAlarmSettings, aws: Clients) -> "Deciding":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.services.deciding import Deciding

    table, playbook = lead_table(settings, aws), CompiledPlaybook()
    return Deciding(
        enrolments=DynamoEnrolments(table),
        leads=known_leads(table, playbook),
        touchpoints=DynamoTouchpoints(table),
        waits=task_waits(aws),
        pausing=pausing(settings, aws, playbook),
        playbook=playbook,
        alarm=seldom_armed(settings, aws),
        clock=SystemClock(),
    )


def calling(settings: environment.CallSettings, aws: Clients) -> "Calling":
    from coldframe.adapters.enrolments import DynamoEnrolments
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.webhooks import HttpsWebhooks
    from coldframe.services.calling import Calling

    table, playbook, clock = lead_table(settings, aws), CompiledPlaybook(), SystemClock()
    secret = keys(settings, aws)
    return Calling(
        enrolments=DynamoEnrolments(table),
        leads=known_leads(table, playbook),
        ledger=DynamoLedger(table),
        webhooks=HttpsWebhooks(lambda: secret().webhooks, clock.now, settings.stand_in),
        waits=task_waits(aws),
        pausing=pausing(settings, aws, playbook),
        playbook=playbook,
        clock=clock,
    )
