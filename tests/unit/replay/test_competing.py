"""Where mails of several journeys meet at a cap, the replay lets in whom the record let in."""

from datetime import timedelta
from pathlib import Path

import pytest

from coldframe.domain.message import Message
from coldframe.services.capture import CaptureLead
from infra.playbook import compile_client
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.replay.nursery import ADA, CLIENT, FILES, JOURNEY
from tests.unit.replay.played import replayed
from tests.unit.replay.seeded import SlowClock

HEAD, _, _ = JOURNEY.partition("steps:\n")
STEPS = "priority: {}\nsteps:\n  - wait: {} days\n  - send: {}\n"
SHARED = {name: text for name, text in FILES.items() if not name.startswith("journeys/")}


def lived(clients: Path, **journeys: tuple[int, int]) -> World:
    """One mail a week, on a machine that takes its time.

    ``journeys``: named as their only mail; priority, and days from Ada's post to the mail.
    """
    files = {
        **SHARED,
        "client.yaml": CLIENT.replace("mails: 3", "mails: 1"),
        **{
            f"journeys/{name}.yaml": HEAD + STEPS.format(priority, days, name)
            for name, (priority, days) in journeys.items()
        },
    }
    for name, text in files.items():
        path = clients / "nursery" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    compiled = compile_client(clients / "nursery", environment="dev")
    playbook = InMemoryPlaybook(
        of=compiled.client,
        rules=compiled.reactions,
        journeys=dict(compiled.journeys),
        mails=dict(compiled.mails),
    )
    stage = Stage(World(clock=SlowClock(), playbook=playbook))
    consents = {"letters": "Yes, send me letters."}
    post = CaptureLead(lead=lead_of(ADA), form="guide", address=ADA, fields={}, consents=consents)
    stage.world.capture()(post)
    stage.advance(MONDAY + timedelta(days=30))
    return stage.world


@pytest.mark.parametrize("priorities", [(5, 5), (9, 1), (1, 9)])
def test_of_mails_that_meet_at_a_cap_the_same_one_goes_first(
    tmp_path: Path, priorities: tuple[int, int]
) -> None:
    reminder, tip = priorities

    world = lived(tmp_path, reminder=(reminder, 2), tip=(tip, 2))

    one, other = by_instant(world)
    assert reminder == tip or one.mail == ("reminder" if reminder > tip else "tip")
    assert other.at - one.at > timedelta(days=6)
    assert replayed(world) == []


def test_a_mail_gives_way_to_a_more_important_one_of_the_next_day(tmp_path: Path) -> None:
    world = lived(tmp_path, reminder=(1, 2), tip=(9, 3))

    assert [each.mail for each in by_instant(world)] == ["tip", "reminder"]
    assert replayed(world) == []


def by_instant(world: World) -> list[Message]:
    return sorted(world.ledger.rows.values(), key=lambda each: each.at)
