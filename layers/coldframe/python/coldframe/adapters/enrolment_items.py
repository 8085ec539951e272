"""An enrolment's item: what it holds, and the update that records where the lead stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import Values, shard_of
from coldframe.domain.enrolment import (
    Asked,
    Because,
    Claim,
    Enrolment,
    EnrolmentStatus,
    Stand,
    Waiting,
)

PREFIX = "E#"
CLAIM = "claim:"
ARM = "arm:"
BECAUSE = "because:"
ASKED = "asked:"
STUCK = "stuck"


def enrolment_of(item: Item) -> Enrolment:
    waiting = item.get("waiting")
    return Enrolment(
        lead=item["pk"].removeprefix("L#"),
        id=item["sk"].removeprefix(PREFIX),
        journey=item["journey"],
        status=EnrolmentStatus(item["status"]),
        step=item["step"],
        since=instant(item["since"]),
        generation=item["generation"],
        started_at=instant(item["started_at"]),
        requested_at=instant(item["requested_at"]),
        reason=item.get("reason", ""),
        ended_at=instant_or_none(item.get("ended_at")),
        waiting=Waiting(**{**waiting, "since": instant(waiting["since"])}) if waiting else None,
        claims={
            name: Claim(**{**held, "at": instant(held["at"])}) for name, held in _all(CLAIM, item)
        },
        arms=dict(_all(ARM, item)),
        because={
            name: Because(at=instant(held["at"]), text=held["text"])
            for name, held in _all(BECAUSE, item)
        },
        asked={
            name: Asked(**{**held, "until": instant_or_none(held.get("until"))})
            for name, held in _all(ASKED, item)
        },
        parked_until=instant_or_none(item.get("parked_until")),
        due_at=None
        if item["status"] == EnrolmentStatus.STUCK
        else instant_or_none(item.get("due_at")),
        cause=item.get("cause", ""),
        depth=item.get("depth", 0),
        key=item.get("key", ""),
        version=item.get("version", ""),
        restarts=item.get("restarts", 0),
    )


def _all(prefix: str, item: Item) -> Iterator[tuple[str, Any]]:
    for name, held in item.items():
        if name.startswith(prefix):
            yield name.removeprefix(prefix), held


def enrolment_item(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "journey": enrolment.journey,
        "status": enrolment.status,
        "step": enrolment.step,
        "since": enrolment.since,
        "generation": enrolment.generation,
        "started_at": enrolment.started_at,
        "requested_at": enrolment.requested_at,
        "reason": enrolment.reason or None,
        "ended_at": enrolment.ended_at,
        "waiting": waiting_item(enrolment.waiting),
        "cause": enrolment.cause or None,
        "depth": enrolment.depth or None,
        "key": enrolment.key or None,
        "version": enrolment.version or None,
        **_queued(enrolment),
        **{f"{CLAIM}{key}": claim_item(claim) for key, claim in enrolment.claims.items()},
    }


def _queued(enrolment: Enrolment) -> dict[str, Any]:
    """One that begins parked waits for its first run in the due index."""
    until = enrolment.parked_until
    if until is None:
        return {}
    return {"parked_until": until, "due_at": until, "due_shard": due_shard(enrolment)}


def claim_item(claim: Claim) -> dict[str, Any]:
    return {"mail": claim.mail, "message": claim.message, "at": claim.at}


def asked_item(asked: Asked) -> dict[str, Any]:
    told = {"until": asked.until, "answered": asked.answered, "version": asked.version}
    return {name: value for name, value in told.items() if value is not None}


def waiting_item(waiting: Waiting | None) -> dict[str, Any] | None:
    if waiting is None:
        return None
    return {
        "step": waiting.step,
        "token": waiting.token,
        "since": waiting.since,
        "generation": waiting.generation,
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """The update that records a stand: its expression, values, and names that no word fits."""

    do: str
    values: Values
    names: Mapping[str, str]


def standing(enrolment: Enrolment, stand: Stand) -> Standing:
    """``since`` stays if the step is the same; an arm that was taken is taken for good."""
    held: dict[str, object] = {
        "step": stand.step,
        "since": stand.at if stand.step != enrolment.step else None,
        "waiting": waiting_item(stand.waiting),
        "restarts": stand.restarts or None,
        "parked_until": stand.parked_until,
        "due_at": stand.parked_until,
        "due_shard": due_shard(enrolment) if stand.parked_until else None,
    }
    values = {name: value for name, value in held.items() if value is not None}
    sets = [f"#{name} = :{name}" for name in values]
    gone = [f"#{name}" for name in _ended(enrolment, stand) if name not in values]
    kept = _kept(stand)
    sets += [f"#{name} = if_not_exists(#{name}, :{name})" for name in kept]
    remove = f" REMOVE {', '.join(gone)}" if gone else ""
    names = {f"#{name}": f"{name}:{stand.step}" for name in kept}
    return Standing(f"SET {', '.join(sets)}{remove}", {**values, **kept}, names)


def _ended(enrolment: Enrolment, stand: Stand) -> Iterator[str]:
    """What isn't said of a stand is over."""
    yield from ("waiting", "parked_until", "due_at", "due_shard")
    if enrolment.restarts and stand.step != enrolment.step:
        yield "restarts"


def _kept(stand: Stand) -> dict[str, object]:
    """What was said of the step first stays."""
    why = {"because": {"at": stand.at, "text": stand.because}} if stand.because else {}
    return {**({"arm": stand.arm} if stand.arm else {}), **why}


def due_shard(enrolment: Enrolment) -> str:
    return shard_of(f"L#{enrolment.lead}", "due")


def stuck_shard(enrolment: Enrolment) -> str:
    """In the same index, where no sweep looks."""
    return shard_of(f"L#{enrolment.lead}", STUCK)


def same_run(stored: Enrolment | None, run: Enrolment) -> bool:
    return (
        stored is not None
        and stored.status is EnrolmentStatus.OPEN
        and stored.generation == run.generation
    )
