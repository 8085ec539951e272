import sys
from pathlib import Path

import pytest

from coldframe.entrypoints import settings as environment
from infra.bundling.cache import ROOT
from tests.bench import scene
from tests.bench.certificate import make_certificate
from tests.bench.measuring import in_turns, ratio
from tests.bench.processes import Child, ChildFailed, Cost, answered
from tests.bench.stub import Stub


def test_a_function_gets_its_answers_from_the_stub_over_tls(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    with Stub(certificate) as stub:
        child = Child(
            python=sys.executable,
            path=(ROOT, ROOT / "layers" / "coldframe" / "python"),
            environment={
                "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "example",
                "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
                "AWS_REGION": "eu-central-1",
                "AWS_ENDPOINT_URL": stub.url,
                "AWS_CA_BUNDLE": str(certificate),
                **scene.settings(),
            },
        )
        event = scene.server_event()
        event["headers"]["coldframe-signature"] = "t=1,v1=0"

        cost = child.handle("functions.record_event.handler.handler", [event])

        assert answered(cost)["answer"]["statusCode"] == 401
        assert stub.answers.calls == 1
        assert cost.cpu > 0


def test_every_function_finds_its_settings_in_ours() -> None:
    kinds = [each for each in vars(environment).values() if isinstance(each, type)]
    wanted = {
        name for each in kinds if issubclass(each, environment.Settings) for name in each.names()
    }

    assert wanted <= scene.SAMPLES.keys()


def test_a_child_that_fails_says_why(tmp_path: Path) -> None:
    child = Child(python=sys.executable, path=(tmp_path,), environment={})

    with pytest.raises(ChildFailed, match="nowhere"):
        child.handle("nowhere.handler", [])


def test_runs_take_turns() -> None:
    told: list[str] = []
    cost = Cost(cpu=1.0, wall=2.0, said="")

    times = in_turns({"a": lambda: cost, "b": lambda: cost}, rounds=2, told=told.append)

    assert told == ["a", "b", "a", "b"]
    assert times["b"].wall == [2.0, 2.0]


def test_a_ratio_is_one_of_medians() -> None:
    assert ratio([3.0, 9.0, 3.5], [1.0, 1.0, 100.0]) == 3.5
