"""The container files: their commands run here, outside a container, and their parts fit the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

from graph.engine.jar_lockfile import VERSION
from graph.opening import Opened
from graph.settings import Settings

ROOT = Path(__file__).parent.parent
PATIENCE = 180.0
KEY = "a secret of the containers, and long enough"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """The exec form's words."""
        words: list[str] = json.loads(self.text[self.text.index("[") :])
        return words


def dockerfile() -> list[Instruction]:
    text = re.sub(r"(?m)^#.*\n", "", (ROOT / "Dockerfile").read_text()).replace("\\\n", " ")
    return [Instruction(*line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


def only(name: str) -> Instruction:
    (found,) = [instruction for instruction in dockerfile() if instruction.name == name]
    return found


def image_environment() -> dict[str, str]:
    return dict(re.findall(r"(\w+)=(\S+)", only("ENV").text))


def left_out() -> list[str]:
    """Return the names that are kept from the image wherever they stand."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return [line.removeprefix("**/") for line in lines if line.startswith("**/")]


def compose() -> dict[str, Any]:
    """Return the Compose file with its variables at their defaults."""
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", (ROOT / "docker-compose.yml").read_text())
    read: dict[str, Any] = YAML(typ="safe").load(text)
    return read


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def healthy(command: list[str], environment: Mapping[str, str], port: int) -> bool:
    words = [sys.executable if word == "python" else word.replace("8000", str(port)) for word in command]
    return subprocess.run(words, env=environment, capture_output=True, timeout=30, check=False).returncode == 0


def see_playground(command: list[str], environment: Mapping[str, str]) -> None:
    """Open the address that a command prints, which `docker compose exec` would run, and load the page behind it."""
    told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=True)
    with httpx.Client(follow_redirects=True) as browser:
        asked = browser.get(told.stdout.strip())
        assert 'method="post"' in asked.text
        origin = f"{asked.url.scheme}://{asked.url.netloc.decode()}"
        token = {"token": asked.url.params["token"]}
        page = browser.post(f"{origin}/sign-in", data=token, headers={"origin": origin})
        script = re.search(r'src="([^"]+)"', page.text)
        assert script is not None
        assert browser.get(str(page.url.join(script[1]))).headers["content-type"].startswith("text/javascript")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image's build stage installs of Sightline, from the files that it copies."""
    folder = tmp_path_factory.mktemp("image")
    stage = dockerfile()[: [i.name for i in dockerfile()].index("FROM", 1)]
    for copied in (i.text.split() for i in stage if i.name == "COPY"):
        for name in copied[:-1]:
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns(*left_out())
                shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignored)
            else:
                (folder / "source").mkdir(exist_ok=True)
                shutil.copy(ROOT / name, folder / "source")
    last = [i.text for i in stage if i.name == "RUN"][-1]
    options = last.removeprefix("/opt/sightline/bin/pip install --no-cache-dir ")
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    target = ["--python", sys.executable, "--target", str(folder / "target"), "--quiet"]
    subprocess.run([uv, "pip", "install", *target, *options.split()], cwd=folder / "source", check=True, timeout=120)
    return folder / "target"


@pytest.mark.parametrize("through_compose", [False, True], ids=["Dockerfile", "docker-compose.yml"])
def test_the_commands_run(installed: Path, opened: Opened, tmp_path: Path, through_compose: bool) -> None:
    """The API starts by the files' own words, with the run's database in the place of the database's container."""
    service = compose()["services"]["api"]
    port = free_port()
    (tmp_path / "neo4j_auth").write_text(f"neo4j/{opened.access.password}")
    (tmp_path / "sightline_secret_key").write_text(KEY)
    environment = {**image_environment(), **(service["environment"] if through_compose else {})}
    if not through_compose:
        environment |= {"NEO4J_URI": "bolt://neo4j:7687", "NEO4J_AUTH_FILE": "/run/secrets/neo4j_auth"}
    places = {
        "bolt://neo4j:7687": opened.access.uri,
        "/run/secrets": str(tmp_path),
        "/var": str(tmp_path / "var"),
        "8000": str(port),
        "0.0.0.0": "127.0.0.1",
    }
    for name, value in environment.items():
        for place, here in places.items():
            value = (value or "").replace(place, here)
        environment[name] = value
    environment |= {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)}
    entry = [str(installed / "bin" / word) for word in only("ENTRYPOINT").words]
    command = service["command"] if through_compose else only("CMD").words
    check = service["healthcheck"]["test"][1:] if through_compose else only("HEALTHCHECK").words
    log = (tmp_path / "log").open("w")
    with log, subprocess.Popen([*entry, *command], env=environment, cwd=tmp_path, stdout=log, stderr=log) as process:
        try:
            assert not healthy(check, environment, free_port() if through_compose else port)
            ends = time.monotonic() + PATIENCE
            while not healthy(check, environment, port):
                assert process.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < ends, (tmp_path / "log").read_text()[-2000:]
                time.sleep(0.2)
            see_playground([*entry, "sign-in", "--port", str(port)], environment)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    told = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert "ready" in [line["message"] for line in told]


def test_the_databases_health_check_tells_whether_it_listens(opened: Opened) -> None:
    command = compose()["services"]["neo4j"]["healthcheck"]["test"][1:]
    port = opened.access.uri.rpartition(":")[2]
    here = [word.replace("7687", port) for word in command]
    away = [word.replace("7687", str(free_port())) for word in command]
    assert subprocess.run(here, check=False, timeout=10).returncode == 0
    assert subprocess.run(away, check=False, timeout=10, capture_output=True).returncode != 0


def test_the_image_is_small_and_not_roots() -> None:
    bases = [i.text.split()[0] for i in dockerfile() if i.name == "FROM"]
    assert len(bases) == 2
    assert set(bases) == {"python:3.13-slim-trixie"}
    user = only("USER").text
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)


def test_the_image_has_every_package_and_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    copied = {name for i in dockerfile() if i.name == "COPY" for name in i.text.split()[:-1]}
    assert packages <= copied
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert let_in == {name for name in copied if not name.startswith(("-", "/"))}


def test_the_files_name_settings_that_there_are() -> None:
    known = {field.alias for field in Settings.model_fields.values()}
    named = set(image_environment()) | set(compose()["services"]["api"]["environment"])
    assert {name for name in named if name.startswith(("SIGHTLINE_", "NEO4J_"))} <= known


def test_the_database_is_the_one_that_is_tested() -> None:
    assert compose()["services"]["neo4j"]["image"] == f"neo4j:{VERSION}-community"


def test_nothing_is_published_beyond_loopback() -> None:
    services = compose()["services"]
    assert "ports" not in services["neo4j"]
    assert [port.partition(":")[0] for port in services["api"]["ports"]] == ["127.0.0.1"]
    assert compose()["networks"]["database"] == {"internal": True}


def test_no_secret_is_in_a_containers_environment() -> None:
    for service in compose()["services"].values():
        secret = {name for name in service["environment"] if re.search(r"PASSWORD|SECRET|AUTH", name)}
        assert all(name.endswith("_FILE") for name in secret)
        files = {service["environment"][name] for name in secret}
        assert files == {f"/run/secrets/{name}" for name in service["secrets"]}
