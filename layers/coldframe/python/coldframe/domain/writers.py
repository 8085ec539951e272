"""Who a mail comes from: the client's sender, one of its people, or the lead's own rep."""

from typing import Final

from coldframe.domain.playbook import Client, Mail, Person
from coldframe.domain.profile import Profile

REP: Final = "rep"
"""The lead's field that names its rep, and in a mail's `from:` the rep themself."""


def writer_of(mail: Mail, profile: Profile, client: Client) -> Person:
    """A rep may be told by short name, address or full name; a stranger writes no mail of ours."""
    if not mail.sender:
        return client.sender
    if mail.sender != REP:
        return client.people.get(mail.sender, client.sender)
    told = profile.fields.get(REP)
    return _known_as(told.value if told else "", client) or client.sender


def signature_of(writer: Person) -> str:
    return writer.signature or writer.name


def _known_as(told: str, client: Client) -> Person | None:
    asked = told.strip().casefold()
    for name, person in client.people.items():
        if asked and asked in {name.casefold(), person.address.casefold(), person.name.casefold()}:
            return person
    return None
