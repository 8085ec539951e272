"""Markdown as text for people: links as ``words: address``, lists with dashes, no markup."""

import textwrap
from collections.abc import Callable, Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from infra.playbook.placeholders import is_statement

Relink = Callable[[str], str]


def as_text(tokens: Sequence[Token], relink: Relink) -> str:
    return _blocks(SyntaxTreeNode(tokens).children, relink)


def _blocks(nodes: Sequence[SyntaxTreeNode], relink: Relink) -> str:
    """Parted by one empty line; a statement (`{% if … %}`) stands for none."""
    blocks = [_block(node, relink) for node in nodes]
    return "".join(block if is_statement(block) else f"{block}\n\n" for block in blocks)


def _block(node: SyntaxTreeNode, relink: Relink) -> str:
    match node.type:
        case "bullet_list" | "ordered_list":
            return _list(node, relink)
        case "blockquote":
            return textwrap.indent(_blocks(node.children, relink).strip(), "> ")
        case "hr":
            return "* * *"
        case "code_block" | "fence":
            return node.content.rstrip()
        case "inline":
            return _sentence(node.children, relink)
        case _:
            return "".join(_block(child, relink) for child in node.children)


def _list(node: SyntaxTreeNode, relink: Relink) -> str:
    items = []
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, start=first):
        marker = f"{number}. " if node.type == "ordered_list" else "- "
        text = _blocks(item.children, relink).strip().replace("\n\n", "\n")
        items.append(marker + text.replace("\n", "\n" + " " * len(marker)))
    return "\n".join(items)


def _sentence(nodes: Sequence[SyntaxTreeNode], relink: Relink) -> str:
    """A link at the end stands after a colon, with no full stop to spoil it; others in `<>`."""
    before, last = list(nodes), None
    if len(before) > 1 and before[-1].content in {".", "!"} and before[-2].type == "link":
        before.pop()
    if before and before[-1].type == "link":
        last = before.pop()
    words = "".join(_inline(child, relink) for child in before)
    return words + (_link(last, relink, form="{words}: {target}") if last else "")


def _inline(node: SyntaxTreeNode, relink: Relink) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            return node.content
        case "link":
            return _link(node, relink, form="{words} <{target}>")
        case _:
            return "".join(_inline(child, relink) for child in node.children)


def _link(node: SyntaxTreeNode, relink: Relink, *, form: str) -> str:
    words = "".join(_inline(child, relink) for child in node.children)
    target = str(node.attrs["href"])
    if words == target:
        return relink(target)
    return form.format(words=words, target=relink(target))
