from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.policy import INVESTIGATOR, Actor
from api.tokens import issue_token, open_token, read_token
from graph.errors import BadInput, Unauthenticated

KEY = b"k" * 32
ACTOR = Actor("Zoë O'Neil <zoe@example.org>", INVESTIGATOR)


def test_a_token_gives_its_actor_back() -> None:
    assert read_token(KEY, issue_token(KEY, ACTOR, timedelta(minutes=1))) == ACTOR


def test_a_token_is_safe_in_addresses_and_shells_and_hides_the_name() -> None:
    token = issue_token(KEY, ACTOR, timedelta(minutes=1))
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", token)
    assert "Zo" not in token


def test_a_token_expires() -> None:
    token = issue_token(KEY, ACTOR, timedelta(seconds=-1))
    assert open_token(KEY, token).actor == ACTOR
    with pytest.raises(Unauthenticated, match="has expired"):
        read_token(KEY, token)


def test_a_token_of_another_key_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="not valid here"):
        read_token(b"x" * 32, issue_token(KEY, ACTOR, timedelta(minutes=1)))


def test_a_changed_token_is_refused() -> None:
    token = issue_token(KEY, ACTOR, timedelta(minutes=1))
    for place in range(len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(Unauthenticated):
            read_token(KEY, changed)


@given(st.text())
def test_garbage_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated):
        read_token(KEY, text)


def test_a_token_of_a_role_that_is_gone_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="role is no longer known"):
        read_token(KEY, issue_token(KEY, ACTOR, timedelta(minutes=1)), roles={})


def test_a_name_that_would_make_an_unreadable_token_is_refused() -> None:
    with pytest.raises(BadInput, match="too long"):
        issue_token(KEY, Actor("x" * 2_000, INVESTIGATOR), timedelta(minutes=1))
