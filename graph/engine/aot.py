"""The ahead-of-time cache: a training run of a temporary server, whose prepared classes make later starts faster.

A supervisor runs this as a process once its server is ready, at the lowest priority, and ends it when the server ends.
To wait for the cache, call `prepare` instead. Nothing depends on it: without the file a server only starts more slowly.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

from filelock import FileLock, Timeout

from graph.engine.folder import Folder
from graph.engine.java import SERVER_CLASS, Java
from graph.engine.server import Server
from graph.store import Store

TRAINING_STOP_SECONDS = 120.0
"""How long a recorded server may take to stop, because it then writes what it recorded."""

_KEPT = 3
_STATEMENTS: tuple[tuple[str, list[object]], ...] = (
    ("CREATE CONSTRAINT a IF NOT EXISTS FOR (n:A) REQUIRE n.key IS UNIQUE", []),
    ("CREATE INDEX b IF NOT EXISTS FOR (n:A) ON (n.name, n.key)", []),
    ("CREATE FULLTEXT INDEX c IF NOT EXISTS FOR (n:A|B) ON EACH [n.name]", []),
    ("CALL db.awaitIndexes(60)", []),
    ("SHOW INDEXES YIELD name, state RETURN name, state", []),
    ("CALL dbms.components() YIELD versions, edition RETURN versions[0], edition", []),
    (
        "CYPHER 25 UNWIND range(1, $p[0]) AS i CREATE (:A {key: toString(i), name: 'n' + (i % 7), on: date()})"
        "-[:R {key: toString(i)}]->(:B {key: toString(i), name: 'm'})",
        [2000],
    ),
    (
        "CYPHER 25 UNWIND $p AS row MERGE (a:A {key: row.key}) SET a += row.set "
        "WITH a MATCH (b:B {key: a.key}) MERGE (a)-[:S]->(b)",
        [{"key": "1", "set": {"name": "x"}}, {"key": "new", "set": {}}],
    ),
    (
        "CYPHER 25 RETURN [COLLECT { MATCH (a:A) WHERE a.name IS NOT NULL WITH a ORDER BY a.name, a.key LIMIT $p[0] "
        "RETURN [a.key, toString(a.on), COLLECT { MATCH (a)-[r:R]->(b:B) WITH b, r ORDER BY b.key LIMIT 5 "
        "RETURN [b.key, r.key] }] }, COUNT { MATCH (a:A) WHERE EXISTS { (a)-[:R]->(:B) } }]",
        [100],
    ),
    (
        "CYPHER 25 CALL () { MATCH (a:A)-[:R]->(b:B) WITH a, count(DISTINCT b) AS n WHERE n >= $p[0] RETURN a, n "
        "ORDER BY n DESC, a.key LIMIT 5 UNION ALL MATCH (a:A {name: 'n1'}) RETURN a, 0 AS n LIMIT 5 } "
        "RETURN a.key, n",
        [1],
    ),
    (
        "CYPHER 25 RETURN [COLLECT { CALL () { WHEN EXISTS { MATCH (m:M) WHERE m.on <= date() } THEN { MATCH (a:A) "
        "RETURN a LIMIT 5 } ELSE { MATCH (a:A)-[:R]->(b:B) RETURN DISTINCT a LIMIT 5 } } RETURN [a.key] }, "
        "COUNT { (:A) }, COUNT { ()-->() }]",
        [],
    ),
    ("CALL db.index.fulltext.queryNodes('c', $p[0]) YIELD node, score RETURN node.key, score LIMIT 5", ["n1~"]),
    ("MATCH (n) DETACH DELETE n", []),
    ("DROP CONSTRAINT a", []),
    ("DROP INDEX b", []),
    ("DROP INDEX c", []),
)


def prepare(java: Java) -> bool:
    """Make the cache of these jars if there is none; False if another process is making one. Blocks."""
    target = java.aot_cache
    try:
        with training_lock(java):
            if not target.exists():
                asyncio.run(_make(java, target))
    except Timeout:
        return False
    return target.exists()


def training_lock(java: Java) -> FileLock:
    """Return the lock that keeps two processes from making the same cache."""
    return FileLock(java.aot_cache.parent / "training.lock", blocking=False)


async def _make(java: Java, target: Path) -> None:
    scratch = target.parent / "training"
    shutil.rmtree(scratch, ignore_errors=True)
    folder = Folder(scratch)
    try:
        folder.create()
        record = scratch / "server.aotconf"
        await _train(java, folder, ("-XX:AOTMode=record", f"-XX:AOTConfiguration={record}"))
        made = scratch / "server.aot"
        options = ("-XX:AOTMode=create", f"-XX:AOTConfiguration={record}", f"-XX:AOTCache={made}")
        command = java.command(SERVER_CLASS, options=options)
        process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
        if await process.wait() == 0:
            made.replace(target)
            keep_newest(target.parent)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


async def _train(java: Java, folder: Folder, options: tuple[str, ...]) -> None:
    server = Server(folder, java, page_cache="64m", options=options, stop_seconds=TRAINING_STOP_SECONDS)
    try:
        await server.start()
        address = f"bolt://127.0.0.1:{server.port}"
        async with Store.connect(address, username="neo4j", password=folder.password() or "") as store:
            await exercise(store)
    finally:
        await server.stop()


async def exercise(store: Store) -> None:
    """Let an empty database do what Sightline usually asks of one, and leave it empty."""
    for statement, values in _STATEMENTS:
        await store.write_auto(statement, {"p": values}, timeout=60)


def keep_newest(folder: Path) -> None:
    """Remove the caches of Java runtimes that were not used recently."""
    for path in sorted(folder.glob("server-*.aot"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    prepare(Java(**json.loads(sys.stdin.readline())))
