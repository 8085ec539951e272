"""An expression asked about every lead: who it holds for, and how many each of its clauses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from coldframe.domain.conditions import nodes
from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.memory import Memory, remember
from coldframe.domain.conditions.nodes import Condition, Node
from coldframe.domain.knowing.concluding import facts_at
from coldframe.domain.playbook import Reactions
from coldframe.domain.record import LeadRecord
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.conditions.compiling import compile_condition
from infra.playbook.conditions.parsing import ConditionMistakes

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

_PIECES: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[()\[\]]|\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One operand of the outermost row of `and` or `or`."""

    text: str
    condition: Condition


@dataclass(slots=True, kw_only=True)
class Tally:
    """``joined``: with all clauses before it (of `or`: with any)."""

    text: str
    alone: int = 0
    joined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    condition: Condition
    clauses: tuple[Clause, ...]
    any_of: bool
    reactions: Reactions

    @property
    def whole(self) -> bool:
        """Whether it counts what profiles don't remember, so that all touchpoints must be read."""
        kept = {rule.key: rule.keep for rule in self.reactions.memory}
        return any(kept.get(rule.key, 0) < rule.keep for rule in self.condition.memory)

    def facts(self, record: LeadRecord, profile: "Profile", now: datetime) -> Facts:
        if self.whole:
            memory: Memory = profile.memory
            for touchpoint in record.touchpoints:
                memory = remember(memory, touchpoint, self.condition.memory)
            profile = replace(profile, memory=memory)
        return facts_at(profile, self.reactions.knowing, now)


@dataclass(slots=True, kw_only=True)
class Counted:
    question: Question
    leads: int = 0
    found: int = 0
    clauses: list[Tally] = field(default_factory=list)

    def members(self, records: Iterable[LeadRecord], now: datetime) -> Iterator[LeadRecord]:
        """Those for whom the expression holds; counts as it goes."""
        self.clauses = [Tally(text=clause.text) for clause in self.question.clauses]
        for record in records:
            if record.profile is None:
                continue
            facts = self.question.facts(record, record.profile, now)
            self.leads += 1
            self._tally(facts, now)
            if evaluate(self.question.condition, facts, now=now).value is True:
                self.found += 1
                yield record

    def _tally(self, facts: Facts, now: datetime) -> None:
        joined = not self.question.any_of
        for clause, tally in zip(self.question.clauses, self.clauses, strict=True):
            holds = evaluate(clause.condition, facts, now=now).value is True
            joined = joined or holds if self.question.any_of else joined and holds
            tally.alone += holds
            tally.joined += joined


def question(source: str, catalogue: Catalogue, reactions: Reactions) -> Question:
    """Raises ConditionMistakes."""
    condition = compile_condition(source, catalogue=catalogue)
    row = condition.tree
    parts = row.operands if isinstance(row, nodes.And | nodes.Or) else ()
    any_of = isinstance(row, nodes.Or)
    texts = _texts(source, len(parts), word="or" if any_of else "and")
    clauses = tuple(
        Clause(text=_fitting(text, part, catalogue), condition=replace(condition, tree=part))
        for text, part in zip(texts, parts, strict=True)
    )
    return Question(condition=condition, clauses=clauses, any_of=any_of, reactions=reactions)


def _texts(source: str, count: int, *, word: str) -> list[str]:
    """The operands as they were written, as far as they can be told apart."""
    texts = [text.strip() for text in _split(source, word)]
    return texts if len(texts) == count else [""] * count


def _split(source: str, word: str) -> Iterator[str]:
    """At each such word that stands outside of quotes and brackets."""
    begun, depth = 0, 0
    for found in _PIECES.finditer(source):
        piece = found[0]
        depth += (piece in "([") - (piece in ")]")
        if piece == word and depth == 0:
            yield source[begun : found.start()]
            begun = found.end()
    yield source[begun:]


def _fitting(text: str, part: Node, catalogue: Catalogue) -> str:
    """The text, if it says just what the operand says."""
    try:
        same = bool(text) and compile_condition(text, catalogue=catalogue).tree == part
    except ConditionMistakes:
        same = False
    return text if same else "…"
