"""Compositions for the pages by which leads say what they want."""

from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.enrolments import DynamoEnrolments
from coldframe.adapters.everything import DynamoEverything
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.ledger import DynamoLedger
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.suppressions import SesSuppressions
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.lead import lead_id
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.parts import keys, lead_table, signed_links
from coldframe.services.answering import Answering
from coldframe.services.changing_address import ChangingAddress
from coldframe.services.confirming import Confirming
from coldframe.services.own_data import OwnData
from coldframe.services.preference_standing import Looking
from coldframe.services.preferring import Preferring
from coldframe.services.profiling import Profiling
from coldframe.services.reconciling import Reconciling
from coldframe.services.undoing_address import UndoingAddress

if TYPE_CHECKING:
    from coldframe.entrypoints.asked_answers import AskedAnswers


def confirming(settings: environment.SignedSettings, aws: Clients) -> Confirming:
    table = lead_table(settings, aws)
    return Confirming(
        gates=DynamoGates(table),
        profiles=DynamoProfiles(table),
        ledger=DynamoLedger(table),
        touchpoints=DynamoTouchpoints(table),
        links=signed_links(keys(settings, aws)),
        playbook=CompiledPlaybook(),
        clock=SystemClock(),
    )


def answering(settings: environment.SignedSettings, aws: Clients) -> Answering:
    table = lead_table(settings, aws)
    return Answering(
        profiles=DynamoProfiles(table),
        ledger=DynamoLedger(table),
        touchpoints=DynamoTouchpoints(table),
        links=signed_links(keys(settings, aws)),
        questions=CompiledPlaybook(),
        clock=SystemClock(),
    )


def profiling(settings: environment.SignedSettings, aws: Clients) -> Profiling:
    return Profiling(
        profiles=DynamoProfiles(lead_table(settings, aws)),
        links=signed_links(keys(settings, aws)),
        playbook=CompiledPlaybook(),
        clock=SystemClock(),
    )


def asked_answers(settings: environment.SignedSettings, aws: Clients) -> "AskedAnswers":
    from coldframe.adapters.visitors import DynamoVisitors
    from coldframe.entrypoints.asked_answers import AskedAnswers
    from coldframe.services.profiling import KnowingAgain

    held, playbook = keys(settings, aws), CompiledPlaybook()
    visitors = DynamoVisitors(lead_table(settings, aws))
    return AskedAnswers(
        rules=playbook.visits,
        form=playbook.form,
        lead_of=lambda text: lead_id(held().id, text),
        knows=KnowingAgain(visitors=visitors, profiling=profiling(settings, aws)),
        clock=SystemClock(),
    )


def reconciling(settings: environment.SuppressionSettings, aws: Clients) -> Reconciling:
    table, held = lead_table(settings, aws), keys(settings, aws)
    return Reconciling(
        suppressions=SesSuppressions(aws("sesv2"), settings.tenant),
        lead_of=lambda address: lead_id(held().id, address),
        profiles=DynamoProfiles(table),
        gates=DynamoGates(table),
        clock=SystemClock(),
    )


def own_data(settings: environment.SignedSettings, aws: Clients) -> OwnData:
    table = lead_table(settings, aws)
    return OwnData(
        everything=DynamoEverything(table),
        gates=DynamoGates(table),
        profiles=DynamoProfiles(table),
        links=signed_links(keys(settings, aws)),
        playbook=CompiledPlaybook(),
        clock=SystemClock(),
    )


def changing_address(settings: environment.SignedSettings, aws: Clients) -> ChangingAddress:
    table, held = lead_table(settings, aws), keys(settings, aws)
    return ChangingAddress(
        profiles=DynamoProfiles(table),
        gates=DynamoGates(table),
        touchpoints=DynamoTouchpoints(table),
        links=signed_links(held),
        playbook=CompiledPlaybook(),
        lead_of=lambda address: lead_id(held().id, address),
        clock=SystemClock(),
    )


def undoing_address(settings: environment.SignedSettings, aws: Clients) -> UndoingAddress:
    table, held = lead_table(settings, aws), keys(settings, aws)
    return UndoingAddress(
        profiles=DynamoProfiles(table),
        touchpoints=DynamoTouchpoints(table),
        links=signed_links(held),
        playbook=CompiledPlaybook(),
        lead_of=lambda address: lead_id(held().id, address),
        clock=SystemClock(),
    )


def preferring(settings: environment.SignedSettings, aws: Clients) -> Preferring:
    table = lead_table(settings, aws)
    touchpoints, gates = DynamoTouchpoints(table), DynamoGates(table)
    return Preferring(
        gates=gates,
        touchpoints=touchpoints,
        links=signed_links(keys(settings, aws)),
        clock=SystemClock(),
        looking=Looking(
            gates=gates,
            profiles=DynamoProfiles(table),
            ledger=DynamoLedger(table),
            enrolments=DynamoEnrolments(table),
            touchpoints=touchpoints,
            playbook=CompiledPlaybook(),
        ),
    )
