from collections.abc import Callable

import pytest

from tests.e2e.window.visitor import GUIDE, Visitor, new_address
from tests.fakes.town.people import moved_in
from tests.fakes.town.town import FakeTown
from workbench.local.town import Town

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.xdist_group("window")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_any_page(
    visit: Visit, town: Town, axe: str, scheme: str, width: int
) -> None:
    if isinstance(town, FakeTown):
        moved_in(town)
        town.wrong["harbor"] = "clients/harbor/journeys/trial.yaml:9: no mail 'trial-day-thre'"
    ada, address = (
        visit(color_scheme=scheme, viewport={"width": width, "height": 800}),
        new_address(),
    )
    ada.asks_for_the_guide(address)
    ada.opens(GUIDE, address)
    mail = ada.page.url.removeprefix(ada.home)
    ada.sees_the_lead(address)
    lead = ada.page.url.removeprefix(ada.home)
    views = [f"{mail.partition('?')[0]}?view={view}" for view in ("text", "source", "headers")]
    pages = ["/", "/mail", mail, *views, "/mail/leads", "/mail?q=nothing-fits", lead]
    pages += [
        "/clients/bakery",
        "/clients/harbor",
        "/site/bakery/",
        "/site/bakery/thank-you",
        "/nix",
    ]

    found = {}
    for path in pages:
        ada.goes_to(path)
        ada.page.evaluate(axe)
        told = ada.page.evaluate(
            "rules => axe.run({exclude: ['iframe']}, {runOnly: rules, iframes: false})", RULES
        )
        for one in told["violations"]:
            nodes = [(node["html"], node["failureSummary"]) for node in one["nodes"][:3]]
            found[f"{path} {one['id']}"] = nodes

    assert found == {}
