"""Who writes a mail, as its templates see them."""

from coldframe.domain.playbook import Person
from coldframe.domain.writers import signature_of


class Signed:
    """Name, address and signature, and no attribute besides; a signature keeps its lines."""

    __slots__ = ("address", "name", "signature")

    def __init__(self, writer: Person, *, html: bool) -> None:
        self.name, self.address = writer.name, writer.address
        self.signature = signature_of(writer)
        if html:
            from markupsafe import Markup

            self.signature = Markup("<br>").join(self.signature.splitlines())
