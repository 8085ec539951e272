"""The core alone, and the compiled machines on the interpreter with the real use cases, agree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coldframe.domain.playbook import Reactions
from infra.playbook import compile_client
from tests.e2e.core.events import Happening, Lead, in_days
from tests.e2e.core.in_machines import InMachines, Steps, steps_in_this_process
from tests.e2e.core.on_paper import OnPaper
from tests.e2e.core.written import AGREES, CRM, DOOR, Tale, rules, tales
from tests.fakes.playbook import BAKERY, InMemoryPlaybook
from tests.unit.core.asked import DATE_FIELD, EVENTS
from tests.unit.core.journeys import Drawn, journeys
from workbench.cloud.local_cloud import LocalCloud

pytestmark = pytest.mark.xdist_group("equivalence")
LONG = timedelta(days=130)
CLIENTS = Path(__file__).parents[3] / "clients"
ONE_CLOUD = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud.start(at=datetime(2026, 3, 25, 9, 30, tzinfo=UTC)) as running:
        yield running


@pytest.fixture(scope="module")
def steps(cloud: LocalCloud) -> Iterator[Steps]:
    with steps_in_this_process(cloud) as running:
        yield running


def both(
    cloud: LocalCloud,
    steps: Steps,
    playbook: InMemoryPlaybook,
    *,
    journey: str,
    lead: Lead,
    form: str,
) -> tuple[OnPaper, InMachines]:
    """The same lead, at the same instants, on paper and in machines."""
    machines = InMachines(cloud, steps, playbook, journey, lead)
    paper = OnPaper(playbook, journey, lead)
    came_at = cloud.now().replace(microsecond=0) + timedelta(minutes=1)
    for driver in (paper, machines):
        driver.happen(lead.comes(form, came_at))
        for happening in lead.happenings:
            driver.happen(lead.does(happening, came_at))
        driver.pass_time(came_at + LONG)
    return paper, machines


@pytest.mark.parametrize("tale", [pytest.param(tale, id=name) for name, tale in tales()])
def test_written_journeys(cloud: LocalCloud, steps: Steps, tale: Tale) -> None:
    for lead in tale.leads:
        playbook = tale.playbook()

        paper, machines = both(cloud, steps, playbook, journey="any", lead=lead, form=DOOR)

        assert paper.tell() == machines.tell()
        assert paper.tell().visits
        assert paper.meter.total == machines.transitions()


happenings = st.lists(
    st.builds(
        Happening,
        after=st.integers(1, 60 * 24 * 60).map(
            lambda minutes: timedelta(minutes=minutes, seconds=7)
        ),
        kind=st.sampled_from(EVENTS),
    ),
    max_size=6,
).map(lambda found: tuple(sorted(found, key=lambda each: each.after)))
fields = st.fixed_dictionaries(
    {
        "trade": st.sampled_from(("food", "retail")),
        "zone": st.sampled_from(("America/New_York", "Australia/Lord_Howe")),
        DATE_FIELD: st.integers(-30, 90).map(in_days),
    }
)


@ONE_CLOUD
@given(drawn=journeys(), fields=fields, happenings=happenings)
def test_any_journeys(
    cloud: LocalCloud,
    steps: Steps,
    drawn: Drawn,
    fields: dict[str, str],
    happenings: tuple[Happening, ...],
) -> None:
    lead = Lead(name="ada", fields=fields, consents=AGREES, happenings=happenings)
    playbook = InMemoryPlaybook(
        of=replace(BAKERY, webhooks={"crm": CRM}),
        rules=rules(drawn.journey, drawn.exits),
        journeys={"any": drawn.journey},
        mails=dict(drawn.mails),
    )

    paper, machines = both(cloud, steps, playbook, journey="any", lead=lead, form=DOOR)

    assert paper.tell() == machines.tell()
    assert paper.meter.total == machines.transitions()


@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("bakery/welcome by cake-guide", {}),
        ("bakery/wedding by wedding-cake", {"guests": "130", "wedding_day": in_days(100)}),
        ("bakery/wedding by wedding-cake", {"guests": "50", "wedding_day": in_days(9)}),
        ("harbor/trial by trial", {"zone": "Asia/Tokyo"}),
    ],
)
def test_journeys_of_the_example_clients(
    cloud: LocalCloud, steps: Steps, where: str, fields: dict[str, str]
) -> None:
    path, _, form = where.partition(" by ")
    client, _, journey = path.partition("/")
    compiled = compile_client(CLIENTS / client, environment="dev")
    playbook = InMemoryPlaybook(
        of=compiled.client,
        rules=_alone(compiled.reactions, journey),
        journeys=dict(compiled.journeys),
        mails=dict(compiled.mails),
    )
    agrees = dict.fromkeys(compiled.client.topics, "Yes")
    clicks = Happening(
        after=timedelta(days=2, hours=4),
        kind="email.clicked",
        data={"mail": "case-study"},
    )
    for happenings in ((), (clicks,)):
        ada = Lead(name="ada", fields=fields, consents=agrees, happenings=happenings)

        paper, machines = both(cloud, steps, playbook, journey=journey, lead=ada, form=form)

        assert paper.tell() == machines.tell()
        assert paper.tell().effects


def _alone(reactions: Reactions, journey: str) -> Reactions:
    """No other journey lets the lead in: on paper there is only this one."""
    entries = tuple(each for each in reactions.entries if each.journey == journey)
    return replace(reactions, entries=entries, dates=())
