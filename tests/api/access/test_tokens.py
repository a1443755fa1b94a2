from __future__ import annotations

import re
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import orjson
import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from api.access.policy import INVESTIGATOR, Actor
from api.access.tokens import issue_token, open_token
from graph.errors import BadInput, Unauthenticated

KEY = b"k" * 32
ACTOR = Actor("Zoë O'Neil <zoe@example.org>", INVESTIGATOR)


def test_a_token_gives_its_actor_back() -> None:
    assert open_token(KEY, issue_token(KEY, ACTOR, timedelta(minutes=1))).check() == ACTOR


def test_a_token_says_for_which_agency_its_actor_works() -> None:
    actor = Actor("R. Ortiz", INVESTIGATOR, "EOIR-HOU")
    assert open_token(KEY, issue_token(KEY, actor, timedelta(minutes=1))).actor.agency == "EOIR-HOU"


def test_a_token_from_before_tokens_named_an_agency_stays_good() -> None:
    claims = {"id": "3f9a01c7d2e4b586", "name": "report", "role": "investigator", "expires": time.time() + 60}
    sealed = Fernet(urlsafe_b64encode(KEY)).encrypt(orjson.dumps(claims)).rstrip(b"=").decode()
    assert open_token(KEY, sealed).actor == Actor("report", INVESTIGATOR, agency="")


def test_a_name_is_one_text_however_it_was_typed() -> None:
    token = issue_token(KEY, Actor("Zoe\u0308 \u200bPaz", INVESTIGATOR), timedelta(minutes=1))
    assert open_token(KEY, token).actor.name == "Zoë Paz"


def test_a_token_is_safe_in_addresses_and_shells_and_hides_the_name() -> None:
    token = issue_token(KEY, ACTOR, timedelta(minutes=1))
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", token)
    assert b"zoe@example.org" not in urlsafe_b64decode(token + "=" * (-len(token) % 4))


def test_a_token_expires() -> None:
    token = issue_token(KEY, ACTOR, timedelta(seconds=-1))
    grant = open_token(KEY, token)
    assert grant.actor == ACTOR
    with pytest.raises(Unauthenticated, match="has expired"):
        grant.check()


def test_a_token_of_another_key_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="not valid here"):
        open_token(b"x" * 32, issue_token(KEY, ACTOR, timedelta(minutes=1)))


def test_a_changed_token_is_refused() -> None:
    token = issue_token(KEY, ACTOR, timedelta(minutes=1))
    for place in range(len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(Unauthenticated):
            open_token(KEY, changed)


@given(st.text())
def test_garbage_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated):
        open_token(KEY, text)


def test_a_token_of_a_role_that_is_gone_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="role is no longer known"):
        open_token(KEY, issue_token(KEY, ACTOR, timedelta(minutes=1)), roles={})


def test_a_name_that_would_make_an_unreadable_token_is_refused() -> None:
    with pytest.raises(BadInput, match="too long"):
        issue_token(KEY, Actor("x" * 2_000, INVESTIGATOR), timedelta(minutes=1))
