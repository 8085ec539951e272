"""Over TLS we speak to AWS alone: who can't prove to be it hears nothing, not even our headers."""

from pathlib import Path

import pytest

from coldframe.adapters.aws_faults import Unusable
from coldframe.adapters.wire.connections import Connections
from tests.bench.certificate import make_certificate
from tests.bench.stub import Stub


def asking(url: str) -> Connections:
    return Connections(url=url, connect_timeout=60, read_timeout=60, kept_for=60)


def asked(connections: Connections) -> int:
    headers = {"host": connections.host, "x-amz-target": "DynamoDB_20120810.DeleteItem"}
    return connections.post("/", b'{"Key": {"pk": {"S": "a"}}}', headers).status


def test_a_stranger_is_not_asked(tmp_path: Path) -> None:
    with Stub(make_certificate(tmp_path)) as stub:
        with pytest.raises(Unusable, match="SSLCertVerificationError"):
            asked(asking(stub.url))

        assert stub.answers.calls == 0


def test_nor_is_one_with_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
    with Stub(certificate) as stub:
        with pytest.raises(Unusable, match="SSLCertVerificationError"):
            asked(asking(stub.url.replace("127.0.0.1", "localhost")))

        assert stub.answers.calls == 0


def test_who_is_vouched_for_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
    with Stub(certificate) as stub:
        assert asked(asking(stub.url)) == 200
        assert stub.answers.calls == 1


def test_without_the_list_of_whom_to_trust_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "nothing.pem"))
    with Stub(make_certificate(tmp_path)) as stub:
        with pytest.raises(Unusable, match="FileNotFoundError"):
            asked(asking(stub.url))

        assert stub.answers.calls == 0
