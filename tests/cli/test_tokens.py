from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path

from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import MONITOR
from api.access.tokens import open_token
from graph.settings import read_settings
from tests.cli.conftest import Command


def test_a_token_is_printed_alone_and_no_database_is_started(alone: Command, tmp_path: Path) -> None:
    done = alone("token", "--name", "a report", "--days", "7")

    key = derived_key(secret_key(read_settings(data_dir=tmp_path / "data")), TOKENS)
    grant = open_token(key, done.out.removesuffix("\n"))
    assert (done.status, done.err) == (0, "")
    assert grant.actor.name == "a report"
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"secret.key", "secret.key.lock", "tokens"}


def test_a_token_has_the_role_asked_for(alone: Command, tmp_path: Path) -> None:
    done = alone("token", "--role", "monitor")

    key = derived_key(secret_key(read_settings(data_dir=tmp_path / "data")), TOKENS)
    assert open_token(key, done.out.strip()).actor.role == MONITOR
    assert alone("token", "--role", "owner").sentence == (
        "there is no role 'owner'; the roles are investigator and monitor."
    )


def test_a_token_has_the_agency_asked_for(alone: Command, tmp_path: Path) -> None:
    done = alone("token", "--agency", "EOIR-HOU")

    key = derived_key(secret_key(read_settings(data_dir=tmp_path / "data")), TOKENS)
    assert open_token(key, done.out.strip()).actor.agency == "EOIR-HOU"
    assert [one["agency"] for one in json.loads(alone("token", "list", "--format", "json").out)] == ["EOIR-HOU"]
    for code in ("orr", "ORR HOU", "-", "X" * 41):
        assert alone("token", f"--agency={code}").sentence.startswith("the agency must be a code of capital letters")


def test_a_token_lasts_as_long_as_asked(alone: Command, tmp_path: Path) -> None:
    week, month = alone("token", "--days", "7").out, alone("token").out

    key = derived_key(secret_key(read_settings(data_dir=tmp_path / "data")), TOKENS)
    longer = open_token(key, month.strip()).expires - open_token(key, week.strip()).expires
    assert abs(timedelta(seconds=longer) - timedelta(days=23)) < timedelta(minutes=5)


def test_tokens_are_listed_without_themselves_and_revoked_by_id_or_as_they_are(alone: Command, tmp_path: Path) -> None:
    first, second = (alone("token", "--name", name).out.strip() for name in ("first", "second"))
    listed = json.loads(alone("token", "list", "--format", "json").out)

    assert [(one["name"], one["role"], one["revoked"]) for one in listed] == [
        ("second", "investigator", False),
        ("first", "investigator", False),
    ]
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert not [path for path in files if first in path.read_text() or second in path.read_text()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files if path.parent.name == "tokens"} == {0o600}

    assert alone("token", "revoke", listed[0]["id"]).status == 0
    assert first not in alone("token", "revoke", first).err
    again = json.loads(alone("token", "list", "--format", "json").out)
    assert [one["revoked"] for one in again] == [True, True]
    assert "investigator" in alone("token", "list").out
    assert "neither a token's id nor a token" in alone("token", "revoke", "nonsense").sentence


def test_a_token_is_printed_where_it_cannot_be_noted(alone: Command, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tokens").touch()
    done = alone("token")

    assert (done.status, len(done.out.strip()) > 100) == (0, True)
    assert "cannot be noted" in done.err
