import pytest

from coldframe.entrypoints.schedules import told_of_sweep


def test_what_could_not_happen_in_time_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    told_of_sweep({"ada/E#1": KeyError("gone"), "grace/E#2": KeyError("gone")})

    assert '"Again":2' in capsys.readouterr().out
