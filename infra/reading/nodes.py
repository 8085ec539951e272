"""YAML read strictly, each value with its line: no unknown keys, no duplicates, no surprises."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import yaml

from infra.reading.problems import Spot, did_you_mean, near

T = TypeVar("T")

_MOST_DIGITS: Final = 15
"""More can't be told apart once they are reckoned with."""
_WORDS = {"bool": "true or false", "null": "nothing", "int": "a number", "float": "a number"}


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value that was read well, and the place it stands at."""

    value: T
    spot: Spot


@dataclass(frozen=True, slots=True)
class Node:
    """One YAML value. Its readers report what is wrong and then answer None."""

    raw: yaml.Node
    spot: Spot

    def text(self) -> str | None:
        if not isinstance(self.raw, yaml.ScalarNode):
            self._wrong("text")
            return None
        if self._tag() in {"bool", "null"}:
            self._wrong("text (put quotes around a word like yes, no, on, off)")
            return None
        value = str(self.raw.value).strip()
        if not value:
            self.spot.report("is empty; say something or leave the key out")
        return value or None

    def number(self) -> int | None:
        digits = str(self.raw.value) if isinstance(self.raw, yaml.ScalarNode) else ""
        if self._tag() != "int" or not digits.isdecimal():
            self._wrong("a whole number")
            return None
        if len(digits) > _MOST_DIGITS:
            self.spot.report(f"is too large: a number has at most {_MOST_DIGITS} digits")
            return None
        return int(digits)

    def yes_or_no(self) -> bool | None:
        if not isinstance(self.raw, yaml.ScalarNode) or self._tag() != "bool":
            self._wrong("true or false")
            return None
        return str(self.raw.value).lower() in {"true", "yes", "on"}

    def one_of(self, known: Collection[str]) -> str | None:
        value = self.text()
        if value is None or value in known:
            return value
        self.spot.report(f"there is no {value!r}{did_you_mean(value, known)}")
        return None

    def items(self) -> "list[Node]":
        if not isinstance(self.raw, yaml.SequenceNode):
            self._wrong("a list (lines that begin with `- `)")
            return []
        return [Node(child, self._at(child, f"[{i}]")) for i, child in enumerate(self.raw.value)]

    def one_or_more(self) -> "list[Node]":
        """A list, or one value that stands for a list of itself."""
        return self.items() if isinstance(self.raw, yaml.SequenceNode) else [self]

    def is_list(self) -> bool:
        return isinstance(self.raw, yaml.SequenceNode)

    def is_text(self) -> bool:
        return isinstance(self.raw, yaml.ScalarNode)

    def pairs(self) -> "dict[str, Node]":
        """A mapping with any keys; twice the same key is a mistake."""
        if not isinstance(self.raw, yaml.MappingNode):
            self._wrong("a list of `key: value` lines")
            return {}
        found: dict[str, Node] = {}
        for key, value in self.raw.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            spot = self._at(key, name)
            if name in found:
                spot.report("stands here twice; keep one of them")
            found.setdefault(name, Node(value, spot))
        return found

    def peek(self, name: str) -> str:
        """The text of one key, unjudged: to know which keys to ask for."""
        pairs = self.raw.value if isinstance(self.raw, yaml.MappingNode) else []
        return next((str(value.value) for key, value in pairs if key.value == name), "")

    def says(self, name: str) -> bool:
        """Whether one key is there, whatever its value."""
        pairs = self.raw.value if isinstance(self.raw, yaml.MappingNode) else []
        return any(key.value == name for key, _ in pairs)

    def keys(self, *, needed: Collection[str] = (), optional: Collection[str] = ()) -> "Keys":
        """A mapping with these keys and no other."""
        found = self.pairs()
        known = {*needed, *optional}
        for name in found.keys() - known:
            found[name].spot.report(f"unknown key{did_you_mean(name, known - found.keys())}")
        meant = {close for name in found.keys() - known for close in near(name, known)}
        missing = [name for name in needed if name not in found and name not in meant]
        if isinstance(self.raw, yaml.MappingNode) and missing:
            self.spot.report(f"needs {' and '.join(f'`{name}`' for name in missing)}")
        return Keys({name: node for name, node in found.items() if name in known})

    def _tag(self) -> str:
        return str(self.raw.tag).rpartition(":")[2]

    def _wrong(self, wanted: str) -> None:
        kind = {"MappingNode": "a mapping", "SequenceNode": "a list"}.get(
            type(self.raw).__name__, _WORDS.get(self._tag(), "text")
        )
        self.spot.report(f"is {kind}, but must be {wanted}")

    def _at(self, child: yaml.Node, name: str) -> Spot:
        dot = "" if name.startswith("[") or not self.spot.path else "."
        return Spot(
            file=self.spot.file,
            line=child.start_mark.line + 1,
            path=f"{self.spot.path}{dot}{name}",
            problems=self.spot.problems,
        )


@dataclass(frozen=True, slots=True)
class Keys:
    """The known keys of a mapping that are there."""

    nodes: dict[str, Node]

    def __contains__(self, name: str) -> bool:
        return name in self.nodes

    def __iter__(self) -> Iterator[tuple[str, Node]]:
        return iter(self.nodes.items())

    def spot(self, name: str) -> Spot | None:
        return self.nodes[name].spot if name in self.nodes else None

    def read(self, name: str, reader: Callable[[Node], T | None]) -> T | None:
        """None: the key is missing, or its value bad and reported."""
        return reader(self.nodes[name]) if name in self.nodes else None

    def located(self, name: str, reader: Callable[[Node], T | None]) -> Located[T] | None:
        value = self.read(name, reader)
        return None if value is None else Located(value, self.nodes[name].spot)

    def each(self, name: str, reader: Callable[[Node], T | None]) -> tuple[T, ...]:
        """A list's values that could be read."""
        values = (reader(node) for node in self.read(name, Node.items) or [])
        return tuple(value for value in values if value is not None)
