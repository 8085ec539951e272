"""Reads a synthesized CDK cloud assembly: its stacks, in the order of their dependencies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NoSuchStack(LookupError):
    """The assembly has no stack of that name."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One stack of the assembly."""

    id: str
    name: str
    path: str
    template: Path
    assets: Path | None
    region: str | None
    account: str | None
    parameters: dict[str, str]
    protected: bool
    after: tuple[str, ...]

    def answers_to(self, name: str) -> bool:
        return name in (self.id, self.name, self.path)


def select(assembly: Path, names: Iterable[str] | None) -> list[Stack]:
    """The named stacks (all without names), each after those it depends on."""
    stacks = list(read(assembly))
    if names is not None:
        stacks = [_named(stacks, name) for name in names]
    return list(_ordered({stack.id: stack for stack in stacks}))


def read(assembly: Path) -> Iterator[Stack]:
    """Every stack of an assembly and of the assemblies nested in it."""
    manifest = json.loads((assembly / "manifest.json").read_text())
    for id_, artifact in manifest.get("artifacts", {}).items():
        if artifact["type"] == "aws:cloudformation:stack":
            yield _stack(assembly, id_, artifact)
        elif artifact["type"] == "cdk:cloud-assembly":
            yield from read(assembly / artifact["properties"]["directoryName"])


def _stack(assembly: Path, id_: str, artifact: dict[str, Any]) -> Stack:
    properties = artifact["properties"]
    account, _, region = artifact["environment"].removeprefix("aws://").partition("/")
    assets = assembly / f"{id_}.assets.json"
    return Stack(
        id=id_,
        name=properties.get("stackName", id_),
        path=artifact.get("displayName", id_),
        template=assembly / properties["templateFile"],
        assets=assets if assets.exists() else None,
        region=None if region.startswith("unknown") else region,
        account=None if account.startswith("unknown") else account,
        parameters=properties.get("parameters", {}),
        protected=bool(properties.get("terminationProtection")),
        after=tuple(artifact.get("dependencies", ())),
    )


def _named(stacks: list[Stack], name: str) -> Stack:
    for stack in stacks:
        if stack.answers_to(name):
            return stack
    known = ", ".join(sorted(stack.path for stack in stacks))
    raise NoSuchStack(f"no stack {name!r} in the assembly; it has {known}")


def _ordered(stacks: dict[str, Stack]) -> Iterator[Stack]:
    done: set[str] = set()

    def visit(stack: Stack) -> Iterator[Stack]:
        if stack.id in done:
            return
        done.add(stack.id)
        for before in stack.after:
            if before in stacks:
                yield from visit(stacks[before])
        yield stack

    for stack in stacks.values():
        yield from visit(stack)
