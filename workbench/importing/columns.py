"""Which field each column probably is: by the names that fields.yaml says it goes by."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from infra.playbook.declared import DeclaredField, FieldType, Words
from workbench.importing.mapping import ADDRESS

ADDRESSES: Final = ("e-mail", "mail", "e-mail address", "email address", "e mail", "address")
_BUILT_IN: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "country": ("Country", ("country code", "land")),
    "locale": ("Language", ("locale",)),
    "zone": ("Time zone", ("time zone", "timezone", "tz")),
}
_SIGNS: Final = re.compile(r"[\W_]+")


def targets(fields: Mapping[str, DeclaredField]) -> dict[str, DeclaredField]:
    """All that a column may become: the client's fields, and the built-in ones a lead may tell."""
    built_in = {
        name: DeclaredField(
            name=name, about=label, label=Words(text=label), aliases=aliases, type=FieldType.TEXT
        )
        for name, (label, aliases) in _BUILT_IN.items()
    }
    return {**built_in, **fields}


def guessed(header: Sequence[str], known: Mapping[str, DeclaredField]) -> dict[str, str]:
    """Column → field. Of two columns that mean the same, the first."""
    names = _names(known)
    found: dict[str, str] = {}
    for column in header:
        field = names.get(plain(column))
        if field and field not in found.values():
            found[column] = field
    return found


def _names(known: Mapping[str, DeclaredField]) -> dict[str, str]:
    """A field's own name counts before all labels and aliases."""
    names: dict[str, str] = {}
    for field, declared in known.items():
        labels = (declared.label.text, *declared.label.by_language.values())
        for name in (*declared.aliases, *labels, *(ADDRESSES if field == ADDRESS else ())):
            names.setdefault(plain(name), field)
    return {**names, **{plain(field): field for field in known}}


def plain(name: str) -> str:
    """`E-Mail`, `e_mail` and `E mail` are one name."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return _SIGNS.sub(" ", text).strip() or text


def labelled(cells: Iterable[str]) -> tuple[str, ...]:
    """Each column's own name: a second `Name` is `Name (2)`, one without a name `column 3`."""
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
