"""Bundles: the same content is the same bundle, whatever the machine's clock or caches say."""

import os
from pathlib import Path

import pytest

from infra.bundling import cache, interpreter
from infra.bundling.cache import bundle
from infra.bundling.code import function_code
from infra.bundling.digest import digest, digest_of, sources
from infra.bundling.service_model import cut, merged
from infra.summary import summary

MODEL = {
    "metadata": {"apiVersion": "1"},
    "documentation": "long",
    "operations": {
        "Ask": {"input": {"shape": "Question"}, "documentation": "long"},
        "Forget": {"input": {"shape": "Everything"}},
    },
    "shapes": {
        "Question": {
            "type": "structure",
            "members": {"documentation": {"shape": "Text", "documentation": "long"}},
            "documentation": "long",
        },
        "Everything": {"type": "structure", "members": {"all": {"shape": "Text"}}},
        "Text": {"type": "string"},
    },
}


def test_a_touched_file_and_its_bytecode_change_nothing(tmp_path: Path) -> None:
    source = tmp_path / "ada.py"
    source.write_text("LOVELACE = 1\n")
    before = digest_of(sources(tmp_path), relative_to=tmp_path)

    os.utime(source, (0, 0))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "ada.cpython-313.pyc").write_bytes(b"stale")

    assert digest_of(sources(tmp_path), relative_to=tmp_path) == before


def test_a_renamed_file_is_another_bundle(tmp_path: Path) -> None:
    (tmp_path / "ada.py").write_text("")
    before = digest_of(sources(tmp_path), relative_to=tmp_path)

    (tmp_path / "ada.py").rename(tmp_path / "grace.py")

    assert digest_of(sources(tmp_path), relative_to=tmp_path) != before


def test_no_part_is_mistaken_for_the_end_of_another() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_bundle_is_built_once_per_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "BUILD", tmp_path)
    built: list[Path] = []

    for _ in range(2):
        made = bundle("guide", "0123", built.append)

    assert len(built) == 1
    assert made.path.is_dir()


def test_a_failed_build_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "BUILD", tmp_path)

    def fails(folder: Path) -> None:
        (folder / "half").write_text("")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        bundle("guide", "0123", fails)

    assert list((tmp_path / "guide").iterdir()) == []


def test_a_function_is_its_own_folder_and_nothing_else() -> None:
    code = function_code("capture_lead").path

    assert (code / "functions" / "capture_lead" / "handler.py").is_file()
    assert {path.name for path in (code / "functions").iterdir()} <= {
        "__init__.py",
        "__pycache__",
        "capture_lead",
    }


def test_a_function_without_a_handler_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match="functions/water_plants"):
        function_code("water_plants")


def test_a_cut_model_keeps_what_its_operations_reach() -> None:
    kept = cut(MODEL, ["Ask"])

    assert kept == {
        "metadata": {"apiVersion": "1"},
        "operations": {"Ask": {"input": {"shape": "Question"}}},
        "shapes": {
            "Question": {"type": "structure", "members": {"documentation": {"shape": "Text"}}},
            "Text": {"type": "string"},
        },
    }


def test_an_operation_that_aws_does_not_have_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="Aks"):
        cut(MODEL, ["Aks"])


def test_what_only_sdks_know_is_laid_over_a_model() -> None:
    assert merged({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}, "d": 4}) == {
        "a": {"b": 1, "c": 3},
        "d": 4,
    }


def test_a_machine_without_the_right_python_says_so_loudly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter.lambda_python.cache_clear()
    monkeypatch.setattr(interpreter, "_candidates", lambda: iter(["/nowhere/python"]))

    said = summary([], outdir=tmp_path)

    interpreter.lambda_python.cache_clear()
    assert "WARNING: no Python 3.13 found" in said
