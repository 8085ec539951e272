"""Posts by the dozen, as a form's reader would note them."""

from coldframe.domain.mailbox import mailbox_named
from coldframe.services.capture import CaptureLead
from tests.fakes.stage import Stage
from tests.fakes.world import lead_of

HOME = "home"


def post(stage: Stage, address: str, *, network: str = HOME, nonce: str = "") -> str:
    lead = lead_of(address)
    command = CaptureLead(
        lead=lead,
        form="cake-guide",
        address=address,
        fields={"email": address},
        consents={"baking": "Yes, send me baking tips."},
        own_id=nonce,
        noticed={
            "mailbox": lead_of(mailbox_named(address)),
            "network": lead_of(f"network {network}")[:16],
        },
    )
    stage.survive(lambda: stage.world.capture()(command))
    return lead


def reader(number: int) -> str:
    return f"reader-{number}@example.com"
