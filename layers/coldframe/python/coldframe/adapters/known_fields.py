"""The lead as templates see it, without what no eye sees."""

import re

from coldframe.domain.profile import Profile
from coldframe.domain.web_addresses import holds_link

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)


class KnownFields:
    """The lead as templates see it: each known field, and no attribute besides.

    A field that holds an address of the web is shown as empty: whoever types a stranger's address
    into a form would have us print their link in a mail to that stranger.
    """

    __slots__ = ("_fields",)

    def __init__(self, profile: Profile) -> None:
        facts = facts_of(profile)
        self._fields = {name: "" if _is_link(name, value) else value for name, value in facts}

    def __getitem__(self, name: str) -> str:
        return self._fields[name]


def _is_link(name: str, value: str) -> bool:
    """The lead's own address is where the mail goes anyway."""
    return name != "email" and holds_link(value)


def facts_of(profile: Profile) -> list[tuple[str, str]]:
    known = {name: known.value for name, known in profile.fields.items()}
    known["email"] = profile.address
    return [(name, visible(value)) for name, value in sorted(known.items())]


def visible(value: str) -> str:
    """Without what no eye sees: control characters, line breaks, direction overrides."""
    return _UNSEEN.sub(" ", value).strip()


def one_line(value: str) -> str:
    return " ".join(visible(value).split())
