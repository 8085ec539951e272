"""The clients' own demos, side by side in one town: what their people meet is what is promised.

`make demo CLIENT=harbor` plays all of Harbor's people; here are those who come by seldom.
"""

from datetime import timedelta
from typing import Final

import pytest

from workbench.demo import bakery_cast
from workbench.demo.harbor_customers import RUTH, THEO, VIC
from workbench.demo.harbor_leads import OTTO
from workbench.demo.outcome import everywhere, outcomes, records_of
from workbench.demo.playing import Playing
from workbench.demo.script import START
from workbench.local.deployed import DeployedTown

pytestmark = [pytest.mark.xdist_group("local cloud"), pytest.mark.timeout(900)]
CASTS: Final = {"bakery": bakery_cast.CAST, "harbor": (OTTO, THEO, RUTH, VIC)}
LASTS: Final = timedelta(days=135)


def test_the_people_of_both_clients_meet_what_their_journeys_promise(town: DeployedTown) -> None:
    Playing(town, CASTS, START).run_until(START + LASTS, lambda _at: None)

    broken = []
    for name, cast in CASTS.items():
        client = town.clients()[name]
        records = records_of(client, cast)
        found = [*outcomes(town, client, cast, records)]
        if name == "bakery":
            found.append(everywhere(client, records))
        broken += [f"{name}: {each.claim}: {each.found}" for each in found if not each.holds]

    assert not broken, "\n".join(broken)
