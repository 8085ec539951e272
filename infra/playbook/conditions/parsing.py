"""Reading an expression with Jinja's own parser, without compiling or running anything of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream, ignored_tokens

LONGEST: Final = 2000
"""Characters of one expression."""
DEEPEST: Final = 24
"""Levels of brackets and operators within one another."""

_OPEN: Final = "{{ "
_HINTS: Final = (
    (r"got '='", "one `=` is not a comparison; write `==`"),
    (r"got '(AND|OR|NOT|IN|IS|IF|ELSE|And|Or|Not|In|Is|If|Else)'", "write it in small letters"),
    (r"unexpected char '&'", "write `and` for &&"),
    (r"unexpected char '!'", "write `not` for !"),
    (r"got '\|'", "write `or` for ||"),
    (r"unexpected char [\"'][“”„‘’«»]", "use straight quotes"),
    (r"unexpected char ('\"'|\"'\")", "this quote is never closed"),
    (r"unexpected '}', expected '([)\]])'", r"a `\1` is missing at the end"),
    (r"unexpected '>'", "write `!=` for <>"),
    (r"unexpected char (.+) at \d+", r"\1 means nothing here"),
    (r"'end of print statement'$", "the expression ends too early"),
    (r"Expected an expression", "the expression ends too early"),
    (r"expected token 'end of print statement', got '(.*)'", r"`\1` is not expected here"),
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mistake:
    """What is wrong, and at which character (from 0) of the expression."""

    start: int
    text: str

    def within(self, source: str) -> str:
        """The message with its place, for someone who looks at ``source``."""
        before = source[: self.start]
        column = len(before) - (before.rfind("\n") + 1) + 1
        line = f"line {before.count(chr(10)) + 1}, " if "\n" in source.strip() else ""
        return f"{self.text} ({line}character {column})"


class ConditionMistakes(Exception):
    """Every mistake of one expression, in the order of its text."""

    def __init__(self, mistakes: Iterable[Mistake], *, source: str) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(mistake.within(source) for mistake in self.mistakes))


class _Places(Extension):
    """Gives each token its place in the text for a line number, and so each node of the tree.

    Behind ``is known`` it puts the brackets that keep Jinja from taking the next word, an ``if``,
    for an argument.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        self._starts = iter(list(_starts(self.environment, source)))
        return source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        asked = before = ""
        place = 0
        for token in stream:
            if asked == "is known" and token.type != "lparen":
                yield Token(place, "lparen", "(")
                yield Token(place, "rparen", ")")
            place = next(self._starts, 0)
            yield Token(place, token.type, token.value)
            asked = f"{before} {token.value}" if token.type == "name" else ""
            before = before if before == "is" and token.value == "not" else token.value


def _starts(environment: Environment, source: str) -> Iterator[int]:
    place = 0
    for _, kind, text in environment.lex(source):
        if kind not in ignored_tokens:
            yield place - len(_OPEN)
        place += len(text)


def parse(source: str) -> nodes.Expr:
    """Jinja's tree, each node's ``lineno`` being its first token's place in ``source``."""
    if len(source) > LONGEST:
        raise _mistake(0, f"is longer than {LONGEST} characters; make it several segments", source)
    if source.lstrip().startswith("{"):
        raise _mistake(0, "leave the braces out; write the expression alone", source)
    environment = Environment(extensions=[_Places], autoescape=True)
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    try:
        list(environment.lex(f"{_OPEN}{text} }}}}"))
    except TemplateSyntaxError as error:
        found = re.search(r" at (\d+)$", error.message or "")
        start = int(found[1]) - len(_OPEN) if found else 0
        raise _mistake(start, _in_words(error), source) from None
    return _parse(environment, text)


def _parse(environment: Environment, text: str) -> nodes.Expr:
    try:
        body = environment.parse(f"{_OPEN}{text} }}}}").body
    except TemplateSyntaxError as error:
        raise _mistake(min(error.lineno, len(text)), _in_words(error), text) from None
    except RecursionError:
        raise _mistake(0, _TOO_DEEP, text) from None
    printed = body[0].nodes if len(body) == 1 and isinstance(body[0], nodes.Output) else []
    if len(printed) != 1 or not isinstance(printed[0], nodes.Expr):
        raise _mistake(0, "must be one expression, without braces", text)
    if _too_deep(printed[0]):
        raise _mistake(0, _TOO_DEEP, text)
    return printed[0]


_TOO_DEEP: Final = f"is nested deeper than {DEEPEST} levels; make it several segments"


def _too_deep(root: nodes.Node) -> bool:
    level: list[nodes.Node] = [root]
    for _ in range(DEEPEST):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: nodes.Node) -> Iterator[nodes.Node]:
    """A row of `and`, or of `or`, is one level however long."""
    if isinstance(node, nodes.And | nodes.Or):
        yield from operands(node)
    else:
        yield from node.iter_child_nodes()


def operands(node: nodes.And | nodes.Or) -> list[nodes.Expr]:
    """``a and b and c`` as a row of three."""
    row: list[nodes.Expr] = []
    rest: nodes.Expr = node
    while type(rest) is type(node) and isinstance(rest, nodes.And | nodes.Or):
        row.append(rest.right)
        rest = rest.left
    return [rest, *reversed(row)]


def _mistake(start: int, text: str, source: str) -> ConditionMistakes:
    return ConditionMistakes([Mistake(start=max(0, start), text=text)], source=source)


def _in_words(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    for pattern, hint in _HINTS:
        if found := re.search(pattern, message):
            return f"can't be read here: {found.expand(hint)}"
    return f"can't be read here: {message}"
