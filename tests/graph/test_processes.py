from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from graph.processes import Process, machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="off Linux nothing is known of other processes")
SAY = "from graph.processes import Process; p = Process.current(); print(p.machine, p.id, p.began, flush=True); input()"


def test_a_process_is_known_to_have_ended_only_when_it_has() -> None:
    with subprocess.Popen([sys.executable, "-c", SAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        where, number, began = one.stdout.readline().split()
        other = Process(where, int(number), int(began))
        assert not other.has_ended()
        assert replace(other, began=other.began and other.began - 1).has_ended(), "another one had its number before"
        one.kill()
        one.wait()
    assert other.has_ended()
    assert other.machine == machine()


@pytest.mark.parametrize("where", [None, "elsewhere"])
def test_nothing_is_known_of_a_process_of_another_machine(where: str | None) -> None:
    assert not replace(Process.current(), machine=where, id=999_999_999).has_ended()
