"""One client in one environment: the names that stacks and parameters share."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Environment = Literal["dev", "staging", "prod"]
ENVIRONMENTS: Final[tuple[Environment, ...]] = get_args(Environment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    client: str
    environment: str

    @property
    def name(self) -> str:
        """Of the stage, and of everything that SES wants named."""
        return f"{self.client}-{self.environment}"

    @property
    def production(self) -> bool:
        return self.environment == "prod"

    def domain(self, own: str | None) -> str | None:
        """Only production answers at the client's own domain."""
        return own if self.production else None

    def parameter(self, key: str) -> str:
        """Where Leads leaves ``key`` for Nurturing."""
        return f"/coldframe/{self.client}/{self.environment}/{key}"

    @property
    def metrics(self) -> str:
        """The namespace of this client's own metrics: two clients may share an account."""
        return f"Coldframe/{self.client}/{self.environment}"
