"""What people do at Harbor again and again."""

from typing import Final

from workbench.demo.characters import (
    Doing,
    fills,
    on_day,
    tells,
)

YES: Final = {"product": "on"}
BLOG: Final = ("/blog/five-things", "/blog/checklist")
STORIES: Final = ("/case-studies/nordlicht",)
PRICES: Final = ("/pricing", "/pricing/company")


def buys(day: float, role: str, seats: int, renewal: str, **more: str) -> tuple[Doing, ...]:
    """Posts the workspace's form, and the billing system tells of the plan."""
    told = {"role": role, "seats": str(seats), "renewal_on": renewal, **YES, **more}
    return on_day(day, fills("workspace", **told)), on_day(day + 0.01, tells("plan.started"))


def works(first: int, last: int, *, every: int) -> tuple[Doing, ...]:
    return tuple(on_day(day + 0.3, tells("app.used")) for day in range(first, last, every))
