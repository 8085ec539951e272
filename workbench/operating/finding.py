"""What an examination finds: a claim, whether it holds, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    claim: str
    holds: bool
    found: str = ""
    mend: str = ""
    """What to do where it doesn't hold."""
    blocks: bool = True
    """Else it costs money, reputation or comfort only."""
