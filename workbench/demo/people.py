"""Who comes by in the demo, and how each of them behaves."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A visitor who fills in one form; ``mails`` is what must reach them, in order."""

    name: str
    address: str
    client: str
    form: str
    says: str
    mails: tuple[str, ...]
    answers: dict[str, str] = field(default_factory=dict)

    def form_values(self) -> dict[str, str]:
        """What the browser sends: the form's fields by name."""
        return {"email": self.address, **self.answers}


YES = {"letters": "on"}

ADA = Person(
    name="Ada",
    address="ada@example.com",
    client="bakery",
    form="cake-guide",
    says="reads, and clicks what interests her",
    mails=("cake-guide", "case-study", "tasting-invitation", "baking-letter"),
    answers={"first_name": "Ada", **YES},
)
BEN = Person(
    name="Ben",
    address="ben@example.com",
    client="bakery",
    form="cake-guide",
    says="never does anything",
    mails=("cake-guide", "case-study", "reminder", "baking-letter"),
    answers={"first_name": "Ben", **YES},
)
CLEO = Person(
    name="Cleo",
    address="cleo@example.com",
    client="bakery",
    form="cake-guide",
    says="unsubscribes the next day, with the mailbox’s own button",
    mails=("cake-guide",),
    answers={"first_name": "Cleo", **YES},
)
DORA = Person(
    name="Dora",
    address="dora@corp.example",
    client="bakery",
    form="cake-guide",
    says="is silent, but her company’s scanner follows every link of every mail",
    mails=("cake-guide", "case-study", "reminder", "baking-letter"),
    answers={"first_name": "Dora", **YES},
)
EMIL = Person(
    name="Emil",
    address="emil@shipyard.example",
    client="harbor",
    form="trial",
    says="starts a trial at the other client and looks around",
    mails=("trial-day-three",),
    answers={"first_name": "Emil", "company": "Emil’s Shipyard", "product": "on"},
)
PEOPLE = (ADA, BEN, CLEO, DORA, EMIL)
SCANNED = DORA
