"""What is wrong with a client's folder: where, what, what to do, and what was probably meant."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """``path`` leads to the value within the file, as ``steps[2].wait_for.limit``."""

    file: str
    line: int
    path: str
    text: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where} {self.path}: {self.text}" if self.path else f"{where}: {self.text}"


class PlaybookProblems(Exception):
    """Every mistake of a client's folder at once, in the order of its files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Problems:
    """Collects while reading goes on."""

    found: list[Problem] = field(default_factory=list)

    def raise_any(self) -> None:
        if self.found:
            raise PlaybookProblems(self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a client's folder that can be complained about."""

    file: str
    line: int
    path: str
    problems: Problems

    def report(self, text: str) -> None:
        self.problems.found.append(
            Problem(file=self.file, line=self.line, path=self.path, text=text)
        )

    def reported(self) -> bool:
        """Whether this place, or one within it, has been complained about."""
        return self.reported_at(self.path)

    def reported_at(self, path: str) -> bool:
        """Whether something below this place has been complained about."""
        return any(
            problem.file == self.file and problem.path.startswith(path)
            for problem in self.problems.found
        )

    def on_line(self, line: int) -> "Spot":
        return Spot(file=self.file, line=line, path=self.path, problems=self.problems)


_LISTED = 8
"""As many names as fit a line."""


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known name that ``word`` was probably meant to be, if any."""
    names = {name.lower(): name for name in sorted(known)}
    return [names[close] for close in get_close_matches(word.lower(), names, n=1, cutoff=0.6)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean …?``, or what there is to choose from, or nothing."""
    names = sorted(known)
    if close := near(word, names):
        return f"; did you mean {close[0]!r}?"
    if not names:
        return ""
    listed = ", ".join(map(repr, names[:_LISTED])) + (", …" if len(names) > _LISTED else "")
    return f"; known: {listed}"
