"""Alarms on metric math deploy as alarms on their first metric: the emulator does no sums."""

from __future__ import annotations

from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

Properties = dict[str, Any]


def install(hooks: Hooks) -> None:
    record = em.provisioners._cw_metric_alarm_record

    def simplified(name: str, properties: Properties) -> Any:
        return record(name, without_sums(properties))

    hooks.replace(em.provisioners, "_cw_metric_alarm_record", simplified, anchor="4565fcede1eb")


def without_sums(properties: Properties) -> Properties:
    """The alarm's properties with the first metric in the place of an expression."""
    first = next(
        (one["MetricStat"] for one in properties.get("Metrics") or [] if "MetricStat" in one), None
    )
    if first is None:
        return properties
    metric = first["Metric"]
    plain = {name: value for name, value in properties.items() if name != "Metrics"}
    return {
        **plain,
        "MetricName": metric["MetricName"],
        "Namespace": metric["Namespace"],
        "Dimensions": metric.get("Dimensions") or [],
        "Period": first["Period"],
        "Statistic": first["Stat"],
    }
