"""How the headers of a stranger's mail are read: none takes long, and none of its parts' fails."""

from email.policy import EmailPolicy
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from email.message import EmailMessage

LONGEST_HEADER = 2_000
MOST_COMMENTS = 50
"""One within the other, they are read by recursion."""


class _Wary(EmailPolicy):
    """The email package takes minutes for a header of a megabyte, and trips over odd ones."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as inherited
        """Of what says how the mail is built, nothing where that can't be read."""
        building = name.lower().startswith("content-")
        if building and value.count("(") > MOST_COMMENTS:
            value = ""
        try:
            return super().header_fetch_parse(name, value[:LONGEST_HEADER])
        except (AttributeError, LookupError, TypeError, ValueError, AssertionError):
            if not building:
                raise
            return super().header_fetch_parse(name, "")


WARY = cast("EmailPolicy[EmailMessage]", _Wary())
