"""What a client says about answers to its mails."""

from dataclasses import dataclass

DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    domain: str
    """Where answers arrive; its MX record leads to SES."""
    hold: int = 7 * DAY
    """Seconds that nurturing rests after an answer, or after a rep's own mail."""
    languages: tuple[str, ...] = ()
    """In which “please stop” is understood, beside English."""
    team: tuple[str, ...] = ()
    """The client's own people, in normal form: what they write is no lead's answer."""
