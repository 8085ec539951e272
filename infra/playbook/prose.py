"""A mail's Markdown: parsed once, then written as HTML with its links numbered."""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from infra.playbook.placeholders import is_stand_in

_BUTTON = re.compile(r"<p>(<a [^>]*>(?:(?!</a>).)*</a>)</p>", re.DOTALL)


@dataclass(slots=True)
class Links:
    """The targets of one mail by index; the same target keeps its index."""

    targets: list[str] = field(default_factory=list)

    def placeholder(self, target: str) -> str:
        """Stands in the template for the signed link; mail, telephone and placeholders stay."""
        if target.startswith(("mailto:", "tel:")) or is_stand_in(target):
            return target
        if target not in self.targets:
            self.targets.append(target)
        return f"{{{{ link({self.targets.index(target)}) }}}}"


def parse(markdown: str) -> Sequence[Token]:
    return _markdown().parse(markdown)


def as_html(tokens: Sequence[Token], relink: Callable[[str], str]) -> str:
    """A link that is a paragraph of its own becomes a button."""
    own = deepcopy(list(tokens))
    for link in _links(own):
        link.attrSet("href", relink(str(link.attrs["href"])))
    markdown = _markdown()
    html = str(markdown.renderer.render(own, markdown.options, {}))
    return _BUTTON.sub(r'<p class="button">\1</p>', html)


def targets(tokens: Sequence[Token]) -> list[tuple[str, int]]:
    """Every link's target, with the line (from 0) where its paragraph begins."""
    return [
        (str(link.attrs["href"]), token.map[0] if token.map else 0)
        for token in tokens
        for link in _links([token])
    ]


def _links(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or [] if child.type == "link_open")


def _markdown() -> MarkdownIt:
    """CommonMark without raw HTML; targets are kept as written, since `file:` is ours."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.validateLink = lambda url: bool(url)  # type: ignore[method-assign]  # noqa: PLW0108 - named as the library names it
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]  # judged by checks
    return markdown
