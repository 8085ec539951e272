"""Refuses invalid definitions where machines are made: by API call and by template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks
from workbench.cloud.machines import definitions

Record = dict[str, Any]


def install(hooks: Hooks) -> None:
    sfn, stacks = em.stepfunctions, em.provisioners
    create, update = sfn._create_state_machine, sfn._update_state_machine
    read = stacks._sfn_definition
    hooks.replace(sfn, "_create_state_machine", _checked(create), anchor="4bc1231dda69")
    hooks.replace(sfn, "_update_state_machine", _checked(update), anchor="476e0deee6a3")
    hooks.replace(stacks, "_sfn_definition", _checked_template(read), anchor="e29ae22959e7")


def _checked(original: Callable[[Record], Any]) -> Callable[[Record], Any]:
    def make(data: Record) -> Any:
        try:
            if "definition" in data:
                definitions.check(data["definition"])
        except definitions.InvalidDefinition as problem:
            text = f"Invalid State Machine Definition: '{problem}'"
            return em.responses.error_response_json("InvalidDefinition", text, 400)
        return original(data)

    return make


def _checked_template(original: Callable[[Record], str]) -> Callable[[Record], str]:
    def read(properties: Record) -> str:
        definition = original(properties)
        definitions.check(definition)
        return definition

    return read
