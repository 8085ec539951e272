"""What is concluded of leads, read back from reactions.json."""

from collections.abc import Iterable, Mapping
from typing import Any

from coldframe.domain.conditions.decay import Decay
from coldframe.domain.conditions.stored import condition_from_json
from coldframe.domain.knowing.rules import (
    Alert,
    Choice,
    Conclusion,
    EngagementRule,
    FitRule,
    Knowing,
    Scoring,
)

Json = Mapping[str, Any]


def knowing_of(held: Json) -> Knowing:
    persona = held["persona"]
    return Knowing(
        **{
            **held,
            "scoring": _scoring(held["scoring"]),
            "persona": _choice(persona) if persona else None,
            "segments": _conclusions(held["segments"]),
            "alerts": tuple(_alert(each) for each in held["alerts"]),
        }
    )


def _scoring(held: Json) -> Scoring:
    return Scoring(
        **{
            **held,
            "fit": tuple(FitRule(**_asking(each)) for each in held["fit"]),
            "engagement": tuple(EngagementRule(**_fading(each)) for each in held["engagement"]),
            "decay": Decay(held["decay"]),
            "choices": tuple(_choice(each) for each in held["choices"]),
            "lifecycle": _conclusions(held["lifecycle"]),
        }
    )


def _fading(held: Json) -> dict[str, Any]:
    return {**held, "decay": Decay(held["decay"])}


def _asking(held: Json) -> dict[str, Any]:
    return {**held, "condition": condition_from_json(held["condition"])}


def _conclusion(held: Json) -> Conclusion:
    return Conclusion(**{**_asking(held), "needs": tuple(held["needs"])})


def _conclusions(held: Iterable[Json]) -> tuple[Conclusion, ...]:
    return tuple(_conclusion(each) for each in held)


def _choice(held: Json) -> Choice:
    return Choice(**{**held, "options": _conclusions(held["options"])})


def _alert(held: Json) -> Alert:
    rests = held["rests"]
    return Alert(
        name=held["name"],
        fires=_conclusion(held["fires"]),
        rests=_conclusion(rests) if rests else None,
    )
