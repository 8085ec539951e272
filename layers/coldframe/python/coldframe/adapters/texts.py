"""Text messages: until a provider is connected, each is refused, and says so on the lead's page."""

from coldframe.domain.errors import MailRefused


class NoTextProvider:
    def send(self, to: str, text: str) -> str:  # noqa: ARG002 - the port's
        raise MailRefused("no_text_provider")
