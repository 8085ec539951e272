"""A hook whose anchor has moved refuses to be set, and a set one is undone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from workbench.cloud.hooks import AnchorMoved, Hooks, fingerprint
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.machinery import AlreadyRunning


def original() -> str:
    return "as it was"


def test_a_changed_function_is_not_replaced() -> None:
    module = SimpleNamespace(__name__="ministack.services.sqs", receive=original)

    with pytest.raises(AnchorMoved, match=r"ministack changed: re-check the hook on .*receive"):
        Hooks().replace(module, "receive", print, anchor="0" * 12)
    assert module.receive is original


def test_a_missing_name_is_a_moved_anchor() -> None:
    with pytest.raises(AnchorMoved, match="found missing"):
        Hooks().replace(SimpleNamespace(__name__="ministack"), "gone", print, anchor="0" * 12)


def test_a_changed_value_is_not_set() -> None:
    module = SimpleNamespace(__name__="moto.x", LIMIT=2)

    with pytest.raises(AnchorMoved, match="moto changed"):
        Hooks().set(module, "LIMIT", 0, expecting=1)


def test_hooks_are_undone_in_reverse() -> None:
    module = SimpleNamespace(__name__="ministack", run=original, limit=1)
    hooks = Hooks()

    hooks.replace(module, "run", lambda: "changed", anchor=fingerprint(original))
    hooks.set(module, "limit", 2, expecting=int)
    hooks.set(module, "limit", 3, expecting=2)
    hooks.undo()

    assert (module.run, module.limit) == (original, 1)


def test_there_is_one_cloud_at_a_time(cloud: LocalCloud) -> None:
    with pytest.raises(AlreadyRunning):
        LocalCloud.start()
    cloud.settle()
