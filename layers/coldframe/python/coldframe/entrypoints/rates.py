"""What a CloudWatch alarm tells the function that it calls."""

from collections.abc import Mapping
from typing import Any

UNKNOWN = "reputation"


def rate_of(event: Mapping[str, Any]) -> str:
    """`BounceRate` or `ComplaintRate`, from the metric that the alarm watches."""
    configuration = event.get("alarmData", {}).get("configuration", {})
    names = [
        metric.get("metricStat", {}).get("metric", {}).get("name", "")
        for metric in configuration.get("metrics", [])
    ]
    return next((name.rpartition(".")[2] for name in names if name), UNKNOWN)
