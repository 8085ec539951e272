"""Time stands still, moves on request, and passes no deadline without stopping at it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.cloud import things
from workbench.cloud.activity import Unsettled
from workbench.cloud.local_cloud import LocalCloud


def test_time_stands_still(cloud: LocalCloud) -> None:
    before = cloud.now()

    time.sleep(0.02)
    cloud.settle()

    assert cloud.now() == before
    assert before.tzinfo is UTC


def test_every_deadline_on_the_way_is_stopped_at_in_order(cloud: LocalCloud) -> None:
    noting, inbox = things.recorder(cloud)
    began = cloud.now()

    def after(seconds: int) -> None:
        wait = {"Type": "Wait", "Seconds": seconds, "Next": "Note"}
        note = things.call(noting, {"at": "{% $now() %}"})
        things.start(cloud, things.machine(cloud, {"Wait": wait, "Note": note}))

    for seconds in (7200, 60, 172_800):
        after(seconds)
    cloud.advance(timedelta(days=3))

    noted = [datetime.fromisoformat(event["at"]) - began for event in things.received(cloud, inbox)]
    assert noted == [timedelta(seconds=seconds) for seconds in (60, 7200, 172_800)]
    assert cloud.now() - began == timedelta(days=3)


def test_a_condition_ends_the_journey_through_time(cloud: LocalCloud) -> None:
    noting, inbox = things.recorder(cloud)
    began = cloud.now()
    steps = {
        "One": {"Type": "Wait", "Seconds": 60, "Next": "Note"},
        "Note": things.call(noting, {}, Next="Two"),
        "Two": {"Type": "Wait", "Seconds": 3600, "End": True},
    }
    things.start(cloud, things.machine(cloud, steps))

    cloud.run_until(began + timedelta(days=1), until=lambda: bool(things.received(cloud, inbox)))

    assert cloud.now() == began + timedelta(seconds=60)
    cloud.advance(timedelta(days=1))


def test_settling_waits_for_what_works_and_says_what_hangs(
    cloud: LocalCloud, tmp_path: Path
) -> None:
    source = (
        "import os, time\n"
        "def handler(event, context):\n"
        "    while not os.path.exists(event): time.sleep(0.01)\n"
    )
    slow, enough = things.function(cloud, source, Timeout=300), tmp_path / "enough"
    called = {"InvocationType": "Event", "Payload": json.dumps(str(enough))}
    cloud.client("lambda").invoke(FunctionName=slow, **called)

    with pytest.raises(Unsettled, match=f"Lambda {slow}"):
        cloud.settle(timeout=0.05)
    enough.touch()
    cloud.settle()


def test_an_idle_cloud_settles_in_milliseconds(cloud: LocalCloud) -> None:
    cloud.settle()

    took = [seconds(cloud.settle) for _ in range(20)]

    assert min(took) < 0.1


def seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def test_handlers_are_told_the_clocks_time_by_the_applications_own_clock(
    cloud: LocalCloud,
) -> None:
    clock = (
        "from datetime import UTC, datetime\n"
        "class SystemClock:\n"
        "    def now(self): return datetime.now(UTC)\n"
        "    def sleep(self, seconds): raise RuntimeError(seconds)\n"
    )
    layer = things.layer(
        cloud,
        {
            "python/coldframe/__init__.py": "",
            "python/coldframe/adapters/__init__.py": "",
            "python/coldframe/adapters/clock.py": clock,
        },
    )
    source = (
        "from coldframe.adapters.clock import SystemClock\n"
        "born = SystemClock().now()\n"
        "def handler(event, context): return SystemClock().now().isoformat()\n"
    )
    telling = things.function(cloud, source, Layers=[layer])

    first = things.invoke(cloud, telling)
    cloud.advance(timedelta(days=30))
    second = things.invoke(cloud, telling)

    assert datetime.fromisoformat(second) - datetime.fromisoformat(first) == timedelta(days=30)


def test_callers_on_other_threads_may_work_while_time_moves(cloud: LocalCloud) -> None:
    url, _ = things.queue(cloud)

    def chatter() -> None:
        for number in range(20):
            cloud.client("sqs").send_message(QueueUrl=url, MessageBody=str(number))

    threads = [threading.Thread(target=chatter) for _ in range(3)]
    for thread in threads:
        thread.start()
    cloud.advance(timedelta(hours=1))
    for thread in threads:
        thread.join()

    assert len(things.received(cloud, url)) == 60
