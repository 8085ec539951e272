"""client.yaml's `referrals`: where a lead's own link leads those that it is passed on to."""

from collections.abc import Collection
from typing import Final

from infra.reading.nodes import Node
from infra.reading.problems import Spot, did_you_mean
from infra.reading.values import https_url

FORM: Final = "form:"
VARIABLE: Final = "referral_link"


def read_referrals(node: Node) -> str | None:
    """`page:` of the client's site, or `form:` of ours."""
    keys = node.keys(optional=["page", "form"])
    page, form = keys.read("page", https_url), keys.read("form", Node.text)
    if ("page" in keys) == ("form" in keys):
        node.spot.report("needs either `page`, an address of the client's site, or `form`")
    return f"{FORM}{form}" if form else page


def check_referrals(target: str, forms: Collection[str], spot: Spot | None) -> None:
    name = target.removeprefix(FORM)
    if spot and target.startswith(FORM) and name not in forms:
        spot.report(f"there is no form {name!r} in forms/{did_you_mean(name, forms)}")
