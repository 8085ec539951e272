"""Jinja, at synth only: templates become Python modules that the runtime merely imports."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jinja2 import DictLoader, Environment, ModuleLoader, StrictUndefined, TemplateSyntaxError

FILTERS: Final = frozenset(
    {"capitalize", "default", "join", "lower", "map", "replace", "round", "title", "trim", "upper"}
)
TESTS: Final = frozenset({"defined", "undefined"})


def environment(templates: Mapping[str, str]) -> Environment:
    """Escapes in HTML, nowhere else; knows only the filters that mails may use."""
    jinja = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=_escapes,  # noqa: S701 - by the template's name
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.filters = {name: call for name, call in jinja.filters.items() if name in FILTERS}
    jinja.tests = {name: call for name, call in jinja.tests.items() if name in TESTS}
    jinja.globals = {}
    return jinja


def _escapes(template: str | None) -> bool:
    """HTML is escaped; a subject or a text must not be."""
    return template is not None and template.endswith(".html")


def broken(templates: Mapping[str, str]) -> dict[str, str]:
    """Template → why Jinja can't read it, where it can't."""
    jinja = environment(templates)
    found = {}
    for name, text in templates.items():
        try:
            jinja.parse(text)
        except TemplateSyntaxError as error:
            found[name] = str(error.message)
    return found


def write_templates(templates: Mapping[str, str], directory: Path) -> None:
    """One module per template, and an index of which is which."""
    directory.mkdir(parents=True, exist_ok=True)
    environment(templates).compile_templates(str(directory), zip=None, ignore_errors=False)
    index = {name: ModuleLoader.get_module_filename(name) for name in sorted(templates)}
    (directory / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
