"""`{% if score >= 50 %}` in a mail: the condition is ours to evaluate, Jinja sees its answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from jinja2 import TemplateSyntaxError
from jinja2 import nodes as parsed

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.nodes import Condition, Node
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.conditions.compiling import condition_at
from infra.playbook.placeholders import QUOTED
from infra.playbook.templates import environment
from infra.playbook.vocabulary import dotted
from infra.reading.problems import Problems, Spot

Sure = frozenset[str]
_IF = re.compile(rf"(\{{%[-+]?\s*(?:el)?if\s+)({QUOTED})(\s*[-+]?%\}})", re.DOTALL)
_OURS: Final = frozenset({"lead", "client", "sender", "words"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The conditions of one mail, in all its languages, by number."""

    catalogue: Catalogue | None
    """None: what the client declares couldn't be read, so nothing is judged."""
    words: frozenset[str]
    """What a mail may ask for without a dot, besides the lead's fields."""
    conditions: list[Condition] = field(default_factory=list)
    sure: dict[str, Sure] = field(default_factory=dict)
    """Name → the fields that are there for certain where the condition holds."""

    def numbered(self, template: str, at: Callable[[int], Spot] | None = None) -> str:
        """With `c0`, `c1` … for the conditions; mistakes are reported ``at`` their lines."""

        def name(found: re.Match[str]) -> str:
            before, test, after = found.groups()
            if not self._is_condition(test):
                return found[0]
            line = template[: found.start()].count("\n") + 1
            spot = at(line) if at else Spot(file="", line=line, path="", problems=Problems())
            return f"{before}{self._name(test, spot)}{_lines(test)}{after}"

        return _IF.sub(name, template)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.sure)

    def _is_condition(self, test: str) -> bool:
        """No word of the mail itself, and nothing with a dot but what conditions have."""
        try:
            tree = environment({}).parse(f"{{% if {test} %}}{{% endif %}}")
        except TemplateSyntaxError:
            return False  # whoever reads the whole template says so
        fields = self.catalogue.fields if self.catalogue else {}
        if any(dotted(each) not in fields for each in tree.find_all(parsed.Getattr)):
            return False
        return not any(name.name in self.words | _OURS for name in tree.find_all(parsed.Name))

    def _name(self, test: str, spot: Spot) -> str:
        """A condition that is wrong is always true, so that the rest can be judged."""
        made = condition_at(spot, test, catalogue=self.catalogue) if self.catalogue else None
        if made is None:
            return "true"
        if made not in self.conditions:
            self.conditions.append(made)
        name = f"c{self.conditions.index(made)}"
        self.sure[name] = _sure(made.tree)
        return name


def _lines(text: str) -> str:
    return "\n" * text.count("\n")


def _sure(node: Node) -> Sure:
    """Fields that can't be missing where this holds: with missing, comparisons are false."""
    match node:
        case nodes.And(operands=operands):
            return frozenset().union(*map(_sure, operands))
        case nodes.Or(operands=operands):
            return frozenset.intersection(*map(_sure, operands))
        case nodes.Known(operand=operand) | nodes.Matches(operand=operand):
            return _named(operand)
        case (
            nodes.Compare(left=asked, right=nodes.Const())
            | nodes.Compare(left=nodes.Const(), right=asked)
            | nodes.In(item=asked)
        ):
            return _named(asked)
        case _:
            return frozenset()


def _named(node: Node) -> Sure:
    return frozenset({node.name}) if isinstance(node, nodes.Field) else frozenset()
