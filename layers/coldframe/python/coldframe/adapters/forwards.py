"""A lead's answer as the client's owner gets it: told in a few lines, the mail itself attached."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coldframe.adapters.known_fields import one_line
from coldframe.adapters.renderer import mailbox
from coldframe.adapters.reply_addresses import SignedReplyAddresses
from coldframe.domain.message import REPLY_MAIL, RenderedMail
from coldframe.domain.playbook import Client, Person
from coldframe.domain.profile import Profile
from coldframe.services.ports.replies import Forward

LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 200
REP = "rep"
"""The field that names one of the client's people."""
NEVER_ANSWERED = (
    ("Auto-Submitted", "auto-generated"),
    ("X-Auto-Response-Suppress", "All"),
    ("X-Coldframe-Forward", "1"),
)
"""No machine may answer it, and if it ever comes back to us it is none that we pass on."""


@dataclass(frozen=True, slots=True)
class ForwardLetters:
    addresses: SignedReplyAddresses

    def write(self, forward: Forward, client: Client) -> RenderedMail:
        mail = forward.mail
        known = forward.profile.address if forward.profile else ""
        return RenderedMail(
            sender=mailbox(client.sender),
            recipient=_owner(forward.profile, client).address,
            reply_to=mail.sender or known,
            subject=one_line(mail.subject)[:LONGEST_SUBJECT] or "(no subject)",
            html=None,
            text="\n".join(self._lines(forward, client)),
            headers=NEVER_ANSWERED,
            tags=(("lead", forward.lead), ("message", forward.id), ("mail", REPLY_MAIL)),
            attached=mail.raw,
        )

    def _lines(self, forward: Forward, client: Client) -> Iterator[str]:
        yield f"{_who(forward)}:"
        yield ""
        yield forward.mail.text[:LONGEST_TEXT].strip() or "(no text; see the attached mail)"
        yield ""
        yield "-- "
        yield from self._consequences(forward, client)
        if forward.mail.sender:
            yield f"Answer this mail to write to {forward.mail.sender}."
        if forward.profile is not None:
            yield (
                "When you write on your own, put this address in BCC and our mails keep out of"
                f" your way: {self.addresses.blind_copy()} (keep it among yourselves)"
            )
        if not forward.mail.raw:
            yield "The mail is too large to attach it; your bucket of replies keeps it for 30 days."

    def _consequences(self, forward: Forward, client: Client) -> Iterator[str]:
        if forward.profile is None:
            yield "This is no lead of ours as far as can be proved, so nothing else has happened."
        elif forward.unsubscribed:
            yield (
                "The lead asked us to stop. It is unsubscribed: it gets no marketing mail from us"
                " any more, whatever a journey says."
            )
        elif forward.held_until:
            until = _local(forward.held_until, client)
            yield f"Our nurturing mails to this lead rest until {until}."


def _who(forward: Forward) -> str:
    mail = forward.mail
    name = " ".join(filter(None, [one_line(mail.name), f"<{mail.sender}>" if mail.sender else ""]))
    who = name or "Somebody"
    if forward.profile is None:
        return f"{who} wrote"
    other = mail.sender and mail.sender != forward.profile.address
    lead = f" (whom we know as {forward.profile.address})" if other else ""
    return f"{who}{lead} answered “{forward.answers}”" if forward.answers else f"{who}{lead} wrote"


def _owner(profile: Profile | None, client: Client) -> Person:
    """The lead's rep if it has one, else the client's owner."""
    told = profile.fields.get(REP) if profile else None
    return (client.people.get(told.value) if told else None) or client.owner


def _local(at: datetime, client: Client) -> str:
    from zoneinfo import ZoneInfo

    return f"{at.astimezone(ZoneInfo(client.zone)):%A %d %B %Y, %H:%M} ({client.zone})"
