from __future__ import annotations

from bench.spent import parts_of

MAIN = "<module> (<string>:1);run (cli/main.py:31);Runner.run (asyncio/runners.py:118)"
ASKED = f"{MAIN};_answer (api/http/endpoint.py:69)"


def test_samples_are_shared_out_by_the_innermost_function_that_belongs_to_a_part() -> None:
    stacks = [
        f"{MAIN} 60",
        f"{ASKED};run (neo4j/_async/work/session.py:340);write (asyncio/streams.py:3) 25",
        f"{ASKED};send (uvicorn/protocols/http/httptools_impl.py:5) 10",
        f"{MAIN};other (somewhere/else.py:1) 5",
        "Thread._bootstrap (threading.py:1002);_worker (concurrent/futures/thread.py:81) 500",
    ]
    assert parts_of(stacks, 0.002) == {"all": 2000, "driver": 500, "HTTP": 200, "other": 100, "waiting": 1200}
    assert parts_of([], 0.002) == {"all": 2000}
