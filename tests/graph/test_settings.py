from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.settings import read_settings


def test_secrets_are_read_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text("pass/word\n")
    (tmp_path / "key").write_text("a key of more than thirty-two characters\n")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("SIGHTLINE_SECRET_KEY_FILE", str(tmp_path / "key"))
    found = read_settings()
    assert found.neo4j_password.get_secret_value() == "pass/word"
    assert found.secret_key is not None
    assert found.secret_key.get_secret_value() == "a key of more than thirty-two characters"


def test_user_and_password_are_read_from_the_file_of_neo4js_container(tmp_path: Path) -> None:
    (tmp_path / "auth").write_text("reader/pass/word\n")
    found = read_settings(neo4j_auth_file=tmp_path / "auth")
    assert (found.neo4j_username, found.neo4j_password.get_secret_value()) == ("reader", "pass/word")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"neo4j_password_file": "gone"}, "NEO4J_PASSWORD_FILE cannot be used: .*gone cannot be read"),
        ({"neo4j_password_file": "text", "neo4j_password": "x"}, "NEO4J_PASSWORD_FILE cannot be used beside"),
        ({"neo4j_auth_file": "text"}, "the file must hold one line, user/password"),
        ({"neo4j_auth_file": "text", "neo4j_password": "x"}, "NEO4J_AUTH_FILE cannot be used beside"),
        ({"secret_key_file": "text", "secret_key": "x"}, "SIGHTLINE_SECRET_KEY_FILE cannot be used beside"),
    ],
)
def test_what_cannot_be_used_is_told(given: dict[str, str], sentence: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no slash")
    files = {name: str(tmp_path / value) if name.endswith("_file") else value for name, value in given.items()}
    with pytest.raises(BadInput, match=sentence):
        read_settings(**files)


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "")
    monkeypatch.setenv("SIGHTLINE_OTLP_ENDPOINT", "")
    assert (read_settings().neo4j_uri, read_settings().otlp_endpoint) == (None, None)


def test_trusted_proxies_are_addresses_and_networks() -> None:
    assert read_settings(trusted_proxies=" 10.0.0.7, 192.168.0.0/16 ,fd00::/8,").proxies == (
        "10.0.0.7",
        "192.168.0.0/16",
        "fd00::/8",
    )
    assert read_settings().proxies == ()
    for wrong in ("*", "proxy.example", "10.0.0.7 10.0.0.8", "300.1.1.1"):
        with pytest.raises(BadInput, match="SIGHTLINE_TRUSTED_PROXIES cannot be used"):
            read_settings(trusted_proxies=wrong)
