"""Whatever a cloud starts ends with it, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
CLOUDS = """
import os, signal, sys, threading, time, traceback
from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud

def use(cloud):
    slow = things.function(cloud, "import time\\ndef handler(e, c): time.sleep(60)", Timeout=60)
    quick = things.function(cloud, "def handler(e, c): pass")
    things.invoke(cloud, quick)
    cloud.client("lambda").invoke(FunctionName=slow, InvocationType="Event", Payload=b"{}")
    wait = {"Type": "Wait", "Seconds": 60, "End": True}
    asked = things.asking(quick, TimeoutSeconds=60)
    for states in ({"A": wait}, {"A": asked}):
        for _ in range(3):
            things.start(cloud, things.machine(cloud, states))
    time.sleep(0.2)

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())

def live_until_told():
    with LocalCloud.start() as cloud:
        use(cloud)
        say("ready", os.getpid(), cloud._machinery.lambdas.zygote.pid)
        time.sleep(600)

def live_twice():
    before = set(threading.enumerate())
    with LocalCloud.start() as cloud:
        use(cloud)
        zygote = cloud._machinery.lambdas.zygote.pid
    give_up = time.monotonic() + 60
    while (left := set(threading.enumerate()) - before) and time.monotonic() < give_up:
        time.sleep(0.02)
    with LocalCloud.start() as again:
        use(again)
        functions = len(again.client("lambda").list_functions()["Functions"])
    say("twice", len(left), functions, zygote)

def forked(live):
    if os.fork():
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        live()
    except SystemExit as end:
        os._exit(end.code)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)

for live in (live_twice, live_until_told, live_until_told, live_until_told):
    forked(live)
for _ in range(4):
    pid, status = os.wait()
    say("ended", pid, status)
"""


def test_nothing_outlives_a_cloud(tmp_path: Path) -> None:
    process = subprocess.Popen(  # noqa: S603  # the text above
        [sys.executable, "-c", CLOUDS],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        cwd=ROOT,
    )
    said: list[list[str]] = []
    assert process.stdout
    while len(said) < len(SIGNALS) + 1:
        said.append(process.stdout.readline().split())
    ready = [(int(pid), int(zygote)) for word, pid, zygote, *_ in said if word == "ready"]
    (twice,) = [list(map(int, line[1:])) for line in said if line[0] == "twice"]

    for (pid, _), number in zip(ready, SIGNALS, strict=True):
        os.kill(pid, number)
    output, _ = process.communicate()

    threads_left, functions_of_the_second, first_zygote = twice
    assert (threads_left, functions_of_the_second) == (0, 2)
    ended = dict(line.split()[1:] for line in output.splitlines())
    told = {number.name: ended[str(pid)] for (pid, _), number in zip(ready, SIGNALS, strict=True)}
    assert told == {"SIGTERM": str(143 << 8), "SIGINT": str(1 << 8), "SIGKILL": "9"}
    assert all(is_gone(group) for group in (first_zygote, *(zygote for _, zygote in ready)))
    assert files_left(tmp_path) == []


def files_left(folder: Path) -> list[Path]:
    give_up = time.monotonic() + 60
    while (left := list(folder.glob("coldframe-cloud-*"))) and time.monotonic() < give_up:
        time.sleep(0.02)
    return left


def is_gone(group: int) -> bool:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
