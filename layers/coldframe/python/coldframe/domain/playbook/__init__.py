"""A client's folder, checked and compiled: what the runtime reads, one small file per reader."""

from coldframe.domain.playbook.client import Client, Hook, Person, Webhook
from coldframe.domain.playbook.reactions import DateEntry, Entry, Exit, Reactions, Retime, WaitRule
from coldframe.domain.playbook.sent import Broadcast, Mail, StoredFile

__all__ = [
    "Broadcast",
    "Client",
    "DateEntry",
    "Entry",
    "Exit",
    "Hook",
    "Mail",
    "Person",
    "Reactions",
    "Retime",
    "StoredFile",
    "WaitRule",
    "Webhook",
]
