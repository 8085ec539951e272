"""Which events anybody on the internet may tell us of, and which only a source that signs."""

from typing import Final

TRUSTED_FAMILIES: Final = frozenset(
    {
        *("call", "consent", "email", "form", "goal", "hand_off", "lead", "lifecycle"),
        *("login", "payment", "purchase", "refund", "sales", "stage", "subscription"),
    }
)
"""First words of events that move money, permission or a lead's standing."""


def may_be_public(event: str) -> bool:
    """``purchase.made`` may not: whoever can post to us could then say that a lead has paid."""
    return event.partition(".")[0] not in TRUSTED_FAMILIES
