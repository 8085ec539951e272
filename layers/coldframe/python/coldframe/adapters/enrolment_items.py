"""An enrolment's item: what it holds, and the update that records where the lead stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import Values, shard_of
from coldframe.domain.enrolment import (
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
        parked_until=instant_or_none(item.get("parked_until")),
        due_at=instant_or_none(item.get("due_at")),
        cause=item.get("cause", ""),
        depth=item.get("depth", 0),
        key=item.get("key", ""),
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
        **{f"{CLAIM}{key}": claim_item(claim) for key, claim in enrolment.claims.items()},
    }


def claim_item(claim: Claim) -> dict[str, Any]:
    return {"mail": claim.mail, "message": claim.message, "at": claim.at}


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
    sets, values, names = ["#step = :step"], dict[str, object](step=stand.step), {}
    gone = ["#parked_until", "#due_shard", "#due_at"]
    if stand.step != enrolment.step:
        sets.append("#since = :since")
        values["since"] = stand.at
    if stand.waiting is None:
        gone.append("#waiting")
    else:
        sets.append("#waiting = :waiting")
        values["waiting"] = waiting_item(stand.waiting)
    if stand.parked_until is not None:
        sets += ["#parked_until = :due", "#due_at = :due", "#due_shard = :shard"]
        values |= {"due": stand.parked_until, "shard": due_shard(enrolment)}
        gone = gone[3:]
    for name, told in (("arm", stand.arm), ("because", stand.because)):
        if told:
            sets.append(f"#{name} = if_not_exists(#{name}, :{name})")
            names[f"#{name}"] = f"{name}:{stand.step}"
            values[name] = {"at": stand.at, "text": told} if name == "because" else told
    remove = f" REMOVE {', '.join(gone)}" if gone else ""
    return Standing(f"SET {', '.join(sets)}{remove}", values, names)


def due_shard(enrolment: Enrolment) -> str:
    return shard_of(f"L#{enrolment.lead}", "due")


def same_run(stored: Enrolment | None, run: Enrolment) -> bool:
    return (
        stored is not None
        and stored.status is EnrolmentStatus.OPEN
        and stored.generation == run.generation
    )
