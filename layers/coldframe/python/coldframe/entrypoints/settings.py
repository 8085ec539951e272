"""Every function's settings: CDK writes them with ``to_environment``, the function reads them back.

Values are text: at synth most are references that only a deploy can resolve.
"""

import os
from typing import Self, dataclass_transform

PREFIX = "COLDFRAME_"


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Settings:
    """Base: one environment variable per field, ``COLDFRAME_<FIELD>``.

    Typed like a dataclass; making nine real ones costs a cold start as much as Python's own.
    """

    def __init__(self, **values: str) -> None:
        for name in self.names():
            setattr(self, name, values.pop(name))
        if values:
            raise TypeError(f"no such settings: {', '.join(values)}")

    @classmethod
    def names(cls) -> list[str]:
        """Its fields, those of its bases first."""
        return [name for each in reversed(cls.__mro__) for name in _declared(each)]

    def to_environment(self) -> dict[str, str]:
        return {_variable(name): getattr(self, name) for name in self.names()}

    @classmethod
    def from_environment(cls) -> Self:
        return cls(**{name: os.environ[_variable(name)] for name in cls.names()})


def _declared(kind: type) -> list[str]:
    return list(kind.__dict__.get("__annotations__", ()))  # noqa: RUF063 - importing inspect for it costs more


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


class TableSettings(Settings):
    """record_email_event"""

    table: str


class KeySettings(Settings):
    """show_form: the client's keys alone."""

    secret: str


class SignedSettings(TableSettings):
    """capture_lead, unsubscribe, follow_link, record_event: the table and the client's keys."""

    secret: str


class SweepAlarmSettings(TableSettings):
    """react, decide: may move the sweep's schedule, ``sweep`` in the client's own group."""

    sweep_group: str


class RunSettings(SweepAlarmSettings):
    """carry_out, sweep_due"""

    machines: str
    """JSON: journey → state machine ARN."""
    broadcast_function: str


class SendSettings(SignedSettings):
    """send_message, hand_off"""

    configuration_set: str
    tenant: str
    base_url: str
    """https://… of the client's own domain, or of the API; no trailing slash."""


class CallSettings(SignedSettings):
    """call_webhook"""

    stand_in: str
    """Empty; on a developer's machine, what takes the calls in everybody's stead."""


class BroadcastSettings(SendSettings):
    """send_broadcast: sends, and may arm the sweep to go on."""

    sweep_group: str


class SweepSettings(RunSettings):
    """sweep_due"""


class ReplySettings(SignedSettings):
    """receive_reply"""

    configuration_set: str
    tenant: str
    bucket: str
    """Where SES puts what comes in."""
    domain: str
    """Where it comes in: the client's own for answers."""


class SuppressionSettings(SignedSettings):
    """reconcile_suppressions"""

    tenant: str


class FileSettings(SignedSettings):
    """serve_file"""

    bucket: str
