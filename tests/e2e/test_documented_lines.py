"""The lines of docs/activity.md, run as a reader would: a shell, curl and openssl."""

import json
import os
import re
import subprocess
from pathlib import Path

from coldframe.adapters.keys import keys_of
from tests.e2e.people import record, secret_of
from workbench.local.deployed import DeployedTown

PAGE = (Path(__file__).parents[2] / "docs/activity.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
LINES = {
    re.findall(r"example/(\w+)", text)[0]: text
    for language, text in BLOCKS
    if not language and "curl" in text
}
HOST = "https://go.lindenbakery.example"
SECRET = "whsec_of_the_shop"


def answered(town: DeployedTown, text: str, **told: str) -> tuple[int, dict[str, object]]:
    """Status and body; the shell's clock is the town's."""
    clock = f"date() {{ echo {int(town.now().timestamp())}; }}\n"
    lines = text.replace(HOST, town.clients()["bakery"].url).replace("curl -i", "curl -is")
    done = subprocess.run(  # noqa: S603 - the page's own lines
        ["/bin/bash", "-ec", clock + lines],
        env={"PATH": os.environ["PATH"], **told},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    head, _, body = done.stdout.replace("\r\n", "\n").partition("\n\n")
    return int(head.split()[1]), json.loads(body)


def documented_key(town: DeployedTown) -> str:
    """As the page's own lines of Python print it."""
    (text,) = [text for language, text in BLOCKS if language == "python"]
    said: list[str] = []
    exec(text, {"secret_string": secret_of(town).text, "print": said.append})  # noqa: S102 - the page's own lines
    return said[0]


def test_the_page_shows_how_to_tell_of_each_thing() -> None:
    assert set(LINES) == {"events", "hooks", "activity"}


def test_a_server_s_event_is_signed_as_the_page_says(town: DeployedTown) -> None:
    key = documented_key(town)

    assert key == keys_of(secret_of(town).text).events.hex()
    assert answered(town, LINES["events"], KEY=key) == (201, {"event": "purchase.made"})


def test_a_hook_is_signed_as_the_page_says_and_reaches_the_lead(town: DeployedTown) -> None:
    secret_of(town).keep(hooks={"shop": SECRET})

    told = [answered(town, LINES["hooks"], SECRET=SECRET) for _ in range(2)]
    town.settle()

    assert told == [(200, {"recorded": 1}), (200, {"recorded": 0})]
    profile = record(town, "ada@example.com").profile
    assert profile is not None
    assert "Lemon cake" in str(record(town, "ada@example.com").touchpoints)


def test_a_visit_is_told_as_the_page_says(town: DeployedTown) -> None:
    assert answered(town, LINES["activity"]) == (202, {"recorded": 1})
