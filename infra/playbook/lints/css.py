"""As much of CSS as mails use: rules of tags and classes, nested, light or dark, and styles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA: Final = re.compile(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}", re.DOTALL)
_AT: Final = re.compile(r"@[^{;]*(?:;|\{[^{}]*\})")
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE: Final = re.compile(r"^(\*|[a-z][a-z0-9]*)?((?:\.[\w-]+)*)$", re.IGNORECASE)
IMPORTANT: Final = "!important"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    tag: str
    classes: frozenset[str]
    style: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    steps: tuple[tuple[str, str, frozenset[str]], ...]
    """Of the selector: combinator (` ` or `>`), tag (empty: any), classes."""
    declarations: Mapping[str, str]
    order: int

    @property
    def weight(self) -> tuple[int, int, int]:
        classes = sum(len(classes) for _, _, classes in self.steps)
        return classes, sum(1 for _, tag, _ in self.steps if tag), self.order


def rules_of(css: str, *, dark: bool) -> list[Rule]:
    """What applies to all widths; with ``dark``, also what is for dark mode."""
    text = _COMMENT.sub("", css)
    chosen = [
        found[2]
        for found in _MEDIA.finditer(text)
        if dark and "prefers-color-scheme: dark" in " ".join(found[1].split())
    ]
    plain = _AT.sub("", _MEDIA.sub("", text))
    found: list[Rule] = []
    for selectors, body in _RULE.findall("\n".join([plain, *chosen])):
        for selector in selectors.split(","):
            if steps := _steps(selector.strip()):
                told = declarations(body)
                found.append(Rule(steps=steps, declarations=told, order=len(found)))
    return found


def declarations(style: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in style.split(";") if ":" in each)
    return {name.strip().lower(): " ".join(value.split()) for name, _, value in pairs}


def told(path: Sequence[Element], rules: Sequence[Rule], *names: str) -> str:
    """What the last element of ``path`` is told of a property (in its long form or its short one);
    empty: nothing."""
    ways: list[tuple[bool, bool, tuple[int, int, int], str]] = []
    for name in names:
        if value := path[-1].style.get(name):
            ways.append((IMPORTANT in value, True, (0, 0, 0), value))
        ways += [
            (IMPORTANT in value, False, rule.weight, value)
            for rule in rules
            if (value := rule.declarations.get(name)) and _matches(path, rule.steps)
        ]
    best = max(ways, default=None)
    return best[3].replace(IMPORTANT, "").strip().lower() if best else ""


def _steps(selector: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Empty for what isn't tags and classes alone: it is left out."""
    steps = []
    combinator = " "
    for part in re.sub(r"\s*>\s*", " > ", selector).split():
        if part == ">":
            combinator = ">"
            continue
        found = _SIMPLE.match(part)
        if not found:
            return ()
        tag = (found[1] or "").lower().replace("*", "")
        steps.append((combinator, tag, frozenset(filter(None, found[2].split(".")))))
        combinator = " "
    return tuple(steps)


def _matches(path: Sequence[Element], steps: Sequence[tuple[str, str, frozenset[str]]]) -> bool:
    *above, (combinator, tag, classes) = steps
    element = path[-1]
    if (tag and element.tag != tag) or not classes <= element.classes:
        return False
    if not above:
        return True
    parents = range(len(path) - 1, 0, -1)
    if combinator == ">":
        return len(path) > 1 and _matches(path[:-1], above)
    return any(_matches(path[:length], above) for length in parents)
