"""What a mail's placeholders may say, checked at synth instead of in a lead's inbox."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from infra.playbook.templates import FILTERS, TESTS, environment
from infra.reading.problems import Spot, did_you_mean

CLIENT_WORDS: Final = frozenset(
    {
        *("client.name", "client.postal", "client.reply_to", "client.zone", "client.locale"),
        *("client.owner.name", "client.owner.address"),
        *("client.sender.name", "client.sender.address"),
    }
)
_HARMLESS: Final = (
    *(nodes.Output, nodes.TemplateData, nodes.Const, nodes.Compare, nodes.Operand),
    *(nodes.Or, nodes.Not, nodes.Concat, nodes.List, nodes.Tuple, nodes.Template),
)

Sure = frozenset[str]
"""Fields that are there for certain at this point of the template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one template; ``at`` gives the place of one of its lines."""

    fields: frozenset[str] | None
    words: frozenset[str]
    at: Callable[[int], Spot]
    sure: Sure
    conditions: Mapping[str, Sure] = field(default_factory=dict)
    """Name of a block's condition → the fields that are there where it holds."""

    def check(self, template: str) -> None:
        try:
            tree = environment({}).parse(template)
        except TemplateSyntaxError as error:
            self.at(error.lineno).report(f"this placeholder can't be read: {error.message}")
            return
        self._visit(tree, self.sure)

    def _visit(self, node: nodes.Node, sure: Sure) -> None:
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                self._word(node, sure)
            case nodes.Filter():
                self._filter(node, sure)
            case nodes.Test():
                self._test(node)
            case nodes.And(left=left, right=right):
                self._visit(left, sure)
                self._visit(right, sure | self._sure_by(left))
            case nodes.If() | nodes.CondExpr():
                self._if(node, sure)
            case _ if isinstance(node, _HARMLESS):
                for child in node.iter_child_nodes():
                    self._visit(child, sure)
            case _:
                kind = type(node).__name__.lower()
                self.at(node.lineno).report(f"a mail can't use {kind!r}; see the guide on mails")

    def _word(self, node: nodes.Node, sure: Sure) -> None:
        word = dotted(node)
        root, _, name = word.partition(".")
        if word in self.words or word in self.conditions:
            return
        if root != "lead":
            known = self.words | {f"lead.{field}" for field in self.fields or ()}
            self._report(node, f"there is no {word!r}{did_you_mean(word, known)}")
        elif self._is_declared(node, name) and name not in sure:
            self._report(
                node,
                f"{word} may be missing: not every form that leads here asks for it and requires"
                f" it; write {{{{ {word} | default('…', true) }}}}",
            )

    def _is_declared(self, node: nodes.Node, name: str) -> bool:
        if self.fields is None or name in self.fields:
            return True
        hint = did_you_mean(name, self.fields)
        self._report(node, f"no field {name!r} is declared in fields.yaml{hint}")
        return False

    def _filter(self, node: nodes.Filter, sure: Sure) -> None:
        if node.name not in FILTERS:
            self._report(
                node, f"there is no filter {node.name!r}{did_you_mean(node.name, FILTERS)}"
            )
        inner = node.node
        if inner is not None:
            lenient = node.name == "default" or node.name not in FILTERS
            self._visit(inner, sure | _fields(inner) if lenient else sure)
        for argument in node.args:
            self._visit(argument, sure)

    def _test(self, node: nodes.Test) -> None:
        if node.name not in TESTS:
            self._report(node, f"there is no test {node.name!r}{did_you_mean(node.name, TESTS)}")
        self._visit(node.node, _fields(node.node))

    def _if(self, node: nodes.If | nodes.CondExpr, sure: Sure) -> None:
        self._visit(node.test, sure)
        bodies = node.body if isinstance(node, nodes.If) else [node.expr1]
        others = [*node.elif_, *node.else_] if isinstance(node, nodes.If) else [node.expr2]
        for body in bodies:
            self._visit(body, sure | self._sure_by(node.test))
        for other in others:
            if other is not None:
                self._visit(other, sure)

    def _sure_by(self, test: nodes.Node) -> Sure:
        """Fields that are there where ``test`` holds."""
        match test:
            case nodes.Name(name=name):
                return self.conditions.get(str(name), frozenset())
            case nodes.Test(name="defined", node=inner):
                return _fields(inner)
            case nodes.And(left=left, right=right):
                return self._sure_by(left) | self._sure_by(right)
            case _:
                return frozenset()

    def _report(self, node: nodes.Node, text: str) -> None:
        self.at(node.lineno).report(text)


def dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=inner, attr=attr):
            return f"{dotted(inner)}.{attr}"
        case _:
            return "[…]"


def _fields(node: nodes.Node) -> Sure:
    """The lead's field that ``node`` is, if it is one."""
    word = dotted(node)
    return frozenset({word.removeprefix("lead.")}) if word.startswith("lead.") else frozenset()
