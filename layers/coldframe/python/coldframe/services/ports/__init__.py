"""What the use cases need of the outside, as promises; adapters and fakes keep them alike."""

from coldframe.services.ports.clock import Clock, Remaining
from coldframe.services.ports.enrolments import Enrolments
from coldframe.services.ports.gates import Gates, Mailboxes
from coldframe.services.ports.leads import Observations, Profiles, Touchpoints
from coldframe.services.ports.ledger import EmailEvents, Ledger
from coldframe.services.ports.mails import LinkClaims, Links, Mailer, Renderer, Writer
from coldframe.services.ports.playbook import Files, Playbook

__all__ = [
    "Clock",
    "EmailEvents",
    "Enrolments",
    "Files",
    "Gates",
    "Ledger",
    "LinkClaims",
    "Links",
    "Mailboxes",
    "Mailer",
    "Observations",
    "Playbook",
    "Profiles",
    "Remaining",
    "Renderer",
    "Touchpoints",
    "Writer",
]
