"""What Amazon Pinpoint exports of its endpoints, and what each part of it becomes here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from infra.playbook.declared import DeclaredField
from workbench.importing.columns import guessed
from workbench.importing.mapping import ADDRESS, Column, Says, Told
from workbench.importing.mapping import Mapping as Mapped

CHANNEL, ADDRESSED, OPT_OUT, STATUS = "ChannelType", "Address", "OptOut", "EndpointStatus"
UPDATED: Final = "EffectiveDate"
_PLACES: Final = {
    "Location.Country": "country",
    "Demographic.Timezone": "zone",
    "Demographic.Locale": "locale",
}
_ATTRIBUTES: Final = ("User.UserAttributes.", "Attributes.", "Metrics.", "User.")


def is_pinpoints(header: Sequence[str]) -> bool:
    return {CHANNEL, ADDRESSED} <= set(header)


def of_endpoints(
    mapping: Mapped, header: Sequence[str], known: Mapping[str, DeclaredField]
) -> Mapped:
    """Endpoints of mail addresses alone; who opted out of everything is unsubscribed.

    An inactive endpoint is one that another took the place of, or that was never to be written to.
    """
    only = [Says(column=CHANNEL, when=("EMAIL",))]
    if STATUS in header:
        only.append(Says(column=STATUS, when=("ACTIVE", "")))
    return replace(
        mapping,
        columns=_columns(header, known),
        only=tuple(only),
        unsubscribed=Says(column=OPT_OUT, when=("ALL",)) if OPT_OUT in header else None,
        updated_at=Told(column=UPDATED) if UPDATED in header else None,
    )


def _columns(header: Sequence[str], known: Mapping[str, DeclaredField]) -> dict[str, Column]:
    """An attribute of the person counts before one of the endpoint of the same name."""
    names: dict[str, str] = {}
    for prefix in (*_ATTRIBUTES, ""):
        for column in header:
            if column.startswith(prefix) and column not in names.values():
                names.setdefault(column.removeprefix(prefix), column)
    found = {names[name]: field for name, field in guessed(tuple(names), known).items()}
    found |= {name: field for name, field in _PLACES.items() if name in header}
    taken = {ADDRESS, *(field for name, field in _PLACES.items() if name in header)}
    found = {name: field for name, field in found.items() if field not in taken or name in _PLACES}
    return {name: Column(field=field) for name, field in {ADDRESSED: ADDRESS, **found}.items()}
