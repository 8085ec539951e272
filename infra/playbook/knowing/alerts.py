"""An alert is a journey of one step, that we write: it is claimed, retried and told of like any."""

from collections.abc import Iterator, Mapping
from typing import Final

from infra.journeys.journey_source import JourneySource
from infra.journeys.reader import read_journey
from infra.journeys.words import Words
from infra.playbook.knowing.source import KnowingSource, Raising
from infra.reading.documents import parse_yaml

_SOURCE: Final = """\
title: "Alert: {name}"
why: scoring.yaml asks for it.
enter: {{event: alert.raised, where: {{alert: {about}.{name}}}}}
re_enter: always
owner: owner
at_end: {{completed: nothing}}
steps:
  - notify: owner
    text: {text}
"""
_TEXTS: Final = {
    "tier": "A lead has become {name}.",
    "lifecycle": "A lead has come as far as {name}.",
}


def with_alerts(
    journeys: Mapping[str, JourneySource | None], knowing: KnowingSource, words: Words
) -> dict[str, JourneySource | None]:
    """A journey of the client's own by the name, as `alert-hot`, is what happens instead."""
    return {**dict(_alerts(knowing, words)), **journeys}


def _alerts(knowing: KnowingSource, words: Words) -> Iterator[tuple[str, JourneySource]]:
    for raising in knowing.scoring.alerts:
        name = f"alert-{raising.name}"
        root = parse_yaml(_written(raising), spot=raising.spot)
        if root:
            yield name, read_journey(name, root, words)


def _written(raising: Raising) -> str:
    text = _TEXTS[raising.about].format(name=raising.name)
    return _SOURCE.format(about=raising.about, name=raising.name, text=text)
