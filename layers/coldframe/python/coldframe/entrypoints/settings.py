"""Every function's settings: CDK writes them with ``to_environment``, the function reads them back.

Values are text: at synth most are references that only a deploy can resolve.
"""

import os
from dataclasses import dataclass, fields
from typing import Self

PREFIX = "COLDFRAME_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Base: one environment variable per field, ``COLDFRAME_<FIELD>``."""

    def to_environment(self) -> dict[str, str]:
        return {f"{PREFIX}{f.name.upper()}": getattr(self, f.name) for f in fields(self)}

    @classmethod
    def from_environment(cls) -> Self:
        return cls(**{f.name: os.environ[f"{PREFIX}{f.name.upper()}"] for f in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSettings(Settings):
    """record_email_event, decide"""

    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSettings(TableSettings):
    """capture_lead, unsubscribe, follow_link, record_event: the table and the client's keys."""

    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepAlarmSettings(TableSettings):
    """react: may move the sweep's schedule, named ``sweep`` in the client's own group."""

    sweep_group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings(TableSettings):
    """carry_out"""

    machines: str
    """JSON: journey → state machine ARN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSettings(SignedSettings):
    """send_message, hand_off"""

    configuration_set: str
    tenant: str
    base_url: str
    """https://… of the client's own domain, or of the API; no trailing slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSettings(SendSettings):
    """send_broadcast: sends, and may arm the sweep to go on."""

    sweep_group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepSettings(SweepAlarmSettings):
    """sweep_due"""

    machines: str
    broadcast_function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings(Settings):
    """serve_file"""

    bucket: str
