import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.engine.downloads import default_repositories
from graph.engine.jar_lockfile import SERVER, Jar, read_lock
from graph.engine.jars import provide_jars
from graph.errors import EngineError

CONTENTS = {"one": b"1" * 300_000, "two": b"2" * 5_000}


def _jar(name: str, content: bytes) -> Jar:
    return Jar(f"org.example:{name}:1.0", len(content), hashlib.sha256(content).hexdigest())


JARS = tuple(_jar(name, content) for name, content in CONTENTS.items())


class Repository:
    """A Maven repository on loopback; `served` can be changed, `asked` tells what was asked for."""

    def __init__(self) -> None:
        self.served = {f"/{jar.path}": content for jar, content in zip(JARS, CONTENTS.values(), strict=True)}
        self.asked: list[str] = []
        repository = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                repository.asked.append(self.path)
                content = repository.served.get(self.path)
                self.send_response(404 if content is None else 200)
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def repository() -> Iterator[Repository]:
    with closing(Repository()) as repository:
        yield repository


def test_the_lock_names_the_server_and_no_host() -> None:
    jars = read_lock()
    assert SERVER in [jar.coordinate for jar in jars]
    assert len({jar.name for jar in jars}) == len(jars) > 200
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in jars)


def test_downloads_once_and_tells_how_far_it_is(tmp_path: Path, repository: Repository) -> None:
    told: list[tuple[int, int]] = []

    def progress(step: str, done: int = 0, total: int = 0) -> None:
        told.append((done, total))

    paths = provide_jars(JARS, tmp_path, progress=progress, repositories=[repository.address])
    assert [path.read_bytes() for path in paths] == list(CONTENTS.values())
    assert told[-1] == (305_000, 305_000)
    assert told == sorted(told)
    assert provide_jars(JARS, tmp_path, repositories=[repository.address]) == paths
    assert len(repository.asked) == len(JARS)


@pytest.mark.parametrize("damage", [b"", b"2" * 100, b"3" * 5_000], ids=["empty", "truncated", "altered"])
def test_a_damaged_jar_is_downloaded_again(tmp_path: Path, repository: Repository, damage: bytes) -> None:
    _, path = provide_jars(JARS, tmp_path, repositories=[repository.address])
    repository.asked.clear()
    path.write_bytes(damage)
    provide_jars(JARS, tmp_path, repositories=[repository.address])
    assert path.read_bytes() == CONTENTS["two"]
    assert repository.asked == [f"/{JARS[1].path}"]


def test_a_download_makes_the_prepared_classes_of_other_jars_void(tmp_path: Path, repository: Repository) -> None:
    first, _ = provide_jars(JARS, tmp_path, repositories=[repository.address])
    prepared = first.with_name("server-0123.aot")
    prepared.touch()
    first.unlink()
    provide_jars(JARS, tmp_path, repositories=[repository.address])
    assert not prepared.exists()


def test_a_download_that_stays_damaged_is_named_and_not_kept(tmp_path: Path, repository: Repository) -> None:
    repository.served[f"/{JARS[1].path}"] = b"<html>Sign in to the network</html>"
    with pytest.raises(EngineError, match=r"download of org\.example:two:1\.0 is damaged"):
        provide_jars(JARS, tmp_path, repositories=[repository.address])
    assert not list(tmp_path.rglob("two*"))


def test_a_repository_without_a_jar_is_told_with_its_answer(tmp_path: Path, repository: Repository) -> None:
    del repository.served[f"/{JARS[1].path}"]
    with pytest.raises(EngineError, match=r"answers 404 for org\.example:two:1\.0"):
        provide_jars(JARS, tmp_path, repositories=[repository.address])


def test_a_second_repository_is_asked_when_the_first_has_nothing(tmp_path: Path, repository: Repository) -> None:
    provide_jars(JARS, tmp_path, repositories=[f"{repository.address}/nothing-here", f"{repository.address}/"])
    assert len(list(tmp_path.rglob("*.jar"))) == len(JARS)


def test_no_network_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(EngineError, match="connect to a network and try again"):
            provide_jars(JARS, tmp_path, repositories=[address])


def test_a_connection_that_breaks_off_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_in_part() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n22222")

        threading.Thread(target=answer_in_part, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(EngineError, match="connect to a network and try again"):
            provide_jars(JARS[1:], tmp_path, repositories=[address])
        server.shutdown(socket.SHUT_RDWR)


def test_a_full_disk_is_one_sentence(small_disk: Path, repository: Repository) -> None:
    with pytest.raises(EngineError, match="no space is left"):
        provide_jars(JARS, small_disk, repositories=[repository.address])


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot be used"):
        provide_jars(JARS, tmp_path / "file" / "cache", repositories=[])


def test_repositories_can_be_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_repositories()
    configuration = tmp_path / "jgo.conf"
    configuration.write_text("[repositories]\nmirror = http://127.0.0.1:1/maven\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(configuration))
    assert default_repositories() == ["http://127.0.0.1:1/maven"]
