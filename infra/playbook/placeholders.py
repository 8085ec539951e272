"""Jinja's placeholders, kept out of Markdown's and MJML's way."""

import re
from dataclasses import dataclass, field

QUOTED = r"""(?:"[^"]*"|'[^']*'|.)*?"""
_JINJA = re.compile(rf"\{{\{{{QUOTED}\}}\}}|\{{%{QUOTED}%\}}|\{{#.*?#\}}", re.DOTALL)
_STAND_IN = re.compile(r"jinja([sp])x(\d+)x")
_LINE = re.compile(r"^[ \t]*((?:jinjasx\d+x[ \t]*)+)$", re.MULTILINE)
_ALONE = re.compile(r"<p>((?:\s*jinjasx\d+x)+)\s*</p>")


@dataclass(slots=True)
class Placeholders:
    """Letters and digits stand in for each construct: they mean nothing to either language."""

    kept: list[str] = field(default_factory=list)

    def protect(self, source: str) -> str:
        return _JINJA.sub(lambda found: self._keep(found[0]), source)

    def restore(self, text: str) -> str:
        """Put them back; a paragraph that holds statements only was none."""
        unwrapped = _ALONE.sub(r"\1", text)
        return _STAND_IN.sub(lambda found: self.kept[int(found[2])], unwrapped)

    def held_by(self, text: str) -> bool:
        return bool(_STAND_IN.search(text))

    def _keep(self, construct: str) -> str:
        self.kept.append(construct)
        kind = "s" if construct.startswith("{%") else "p"
        return f"jinja{kind}x{len(self.kept) - 1}x"


def apart(protected: str) -> str:
    """A line of statements only parts the paragraphs above and below it."""
    return _LINE.sub(r"\n\1\n", protected)


def is_statement(text: str) -> bool:
    """Whether stand-ins of statements, as `{% if … %}`, are all there is."""
    return bool(re.fullmatch(r"(\s*jinjasx\d+x)+\s*", text))


def is_stand_in(text: str) -> bool:
    """Whether one placeholder is all there is."""
    return bool(_STAND_IN.fullmatch(text))
