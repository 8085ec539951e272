"""A client's folder: read, checked and compiled. This is the door for stacks and workbench."""

from infra.playbook.compiled import CompiledClient
from infra.playbook.compiler import all_clients, compile_client
from infra.reading.problems import PlaybookProblems, Problem

__all__ = ["CompiledClient", "PlaybookProblems", "Problem", "all_clients", "compile_client"]
