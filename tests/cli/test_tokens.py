from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from api.keys import TOKENS, derived_key, secret_key
from api.policy import MONITOR
from api.tokens import open_token
from graph.settings import read_settings
from tests.cli.conftest import Command


def test_a_token_is_printed_alone_and_no_database_is_started(alone: Command, tmp_path: Path) -> None:
    done = alone("token", "--name", "a report", "--days", "7")

    key = derived_key(secret_key(read_settings(data_dir=tmp_path / "data")), TOKENS)
    grant = open_token(key, done.out.removesuffix("\n"))
    assert (done.status, done.err) == (0, "")
    assert grant.actor.name == "a report"
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"secret.key", "secret.key.lock"}


def test_a_token_has_the_role_asked_for(alone: Command, tmp_path: Path) -> None:
    done = alone("token", "--role", "monitor")

    key = derived_key(secret_key(read_settings(data_dir=tmp_path / "data")), TOKENS)
    assert open_token(key, done.out.strip()).actor.role == MONITOR
    assert alone("token", "--role", "owner").sentence == (
        "there is no role 'owner'; the roles are investigator and monitor."
    )


def test_a_token_lasts_as_long_as_asked(alone: Command, tmp_path: Path) -> None:
    week, month = alone("token", "--days", "7").out, alone("token").out

    key = derived_key(secret_key(read_settings(data_dir=tmp_path / "data")), TOKENS)
    longer = open_token(key, month.strip()).expires - open_token(key, week.strip()).expires
    assert abs(timedelta(seconds=longer) - timedelta(days=23)) < timedelta(minutes=5)
