"""Adapters that several functions are composed of.

Each is imported where it is used, so that a function loads only its own.
"""

import json
from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.entrypoints import settings as environment

if TYPE_CHECKING:
    from coldframe.adapters.alarm import ScheduledSweep, SeldomArmed
    from coldframe.adapters.keys import SecretKeys
    from coldframe.adapters.links import SignedLinks
    from coldframe.adapters.mailer import SesMailer
    from coldframe.adapters.renderer import JinjaRenderer
    from coldframe.adapters.runs import StepFunctionsRuns
    from coldframe.services.ports import Touchpoints
    from coldframe.services.ports.steps import Waits


def touchpoints(settings: environment.TableSettings, aws: Clients) -> "Touchpoints":
    return DynamoTouchpoints(lead_table(settings, aws))


def task_waits(aws: Clients) -> "Waits":
    from coldframe.adapters.runs import StepFunctionsWaits

    return StepFunctionsWaits(aws("stepfunctions"))


def keys(
    settings: environment.SignedSettings | environment.KeySettings, aws: Clients
) -> "SecretKeys":
    from coldframe.adapters.keys import SecretKeys

    return SecretKeys(aws("secretsmanager"), settings.secret)


def lead_table(settings: environment.TableSettings, aws: Clients) -> Table:
    return Table(aws("dynamodb"), settings.table)


def signed_links(keys: "SecretKeys") -> "SignedLinks":
    from coldframe.adapters.links import SignedLinks

    return SignedLinks(keys)


def sweep_alarm(
    settings: environment.SweepAlarmSettings | environment.BroadcastSettings, aws: Clients
) -> "ScheduledSweep":
    from coldframe.adapters.alarm import ScheduledSweep

    return ScheduledSweep(
        lead_table(settings, aws), aws("scheduler"), settings.sweep_group, SystemClock()
    )


def seldom_armed(settings: environment.SweepAlarmSettings, aws: Clients) -> "SeldomArmed":
    from coldframe.adapters.alarm import SeldomArmed

    return SeldomArmed(lambda: sweep_alarm(settings, aws))


def journey_runs(settings: environment.RunSettings, aws: Clients) -> "StepFunctionsRuns":
    from coldframe.adapters.runs import StepFunctionsRuns

    return StepFunctionsRuns(aws("stepfunctions"), json.loads(settings.machines))


def mailer(
    settings: environment.SendSettings | environment.ReplySettings, aws: Clients
) -> "SesMailer":
    from coldframe.adapters.mailer import SesMailer

    return SesMailer(aws("sesv2"), settings.configuration_set, settings.tenant)


def renderer(
    settings: environment.SendSettings, held: "SecretKeys", playbook: CompiledPlaybook
) -> "JinjaRenderer":
    from coldframe.adapters.renderer import JinjaRenderer

    return JinjaRenderer(playbook, signed_links(held), settings.base_url)
