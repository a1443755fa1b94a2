from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import INVESTIGATOR, Actor
from api.access.sign_in import SignIns
from api.access.tokens import issue_token
from cli.tokens import LONGEST_NAME
from graph.errors import BadInput, Unauthenticated
from graph.settings import read_settings

ACTOR = Actor("an analyst", INVESTIGATOR)
REDEEM = """
import sys, time
from pathlib import Path
from api.access.sign_in import SignIns
from graph.errors import Unauthenticated

time.sleep(max(0, float(sys.argv[3]) - time.time()))
try:
    print(SignIns(Path(sys.argv[1])).redeem(sys.argv[2]).name)
except Unauthenticated:
    print("refused")
"""


def test_a_token_works_once(tmp_path: Path) -> None:
    sign_ins = SignIns(tmp_path)
    token = sign_ins.issue(ACTOR)
    assert sign_ins.redeem(token) == ACTOR
    with pytest.raises(Unauthenticated, match="used already"):
        sign_ins.redeem(token)
    with pytest.raises(Unauthenticated, match="used already"):
        SignIns(tmp_path).redeem(token)


def test_the_longest_name_signs_in(tmp_path: Path) -> None:
    named = Actor("\N{CJK UNIFIED IDEOGRAPH-20000}" * LONGEST_NAME, INVESTIGATOR)
    sign_ins = SignIns(tmp_path)
    assert sign_ins.redeem(sign_ins.issue(named)) == named


def test_an_access_token_does_not_sign_in(tmp_path: Path) -> None:
    access = derived_key(secret_key(read_settings(data_dir=tmp_path)), TOKENS)
    with pytest.raises(Unauthenticated, match="not valid here"):
        SignIns(tmp_path).redeem(issue_token(access, ACTOR, timedelta(minutes=1)))


def test_of_processes_that_try_at_the_same_moment_one_succeeds(tmp_path: Path) -> None:
    token = SignIns(tmp_path).issue(ACTOR)
    moment = str(time.time() + 2)
    root = Path(__file__).parents[3]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", REDEEM, str(tmp_path), token, moment], cwd=root, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert sorted(process.communicate(timeout=60)[0].strip() for process in started) == ["an analyst", *["refused"] * 3]


@pytest.mark.parametrize("token", ["", "nonsense", "é", "x" * 5_000])
def test_what_is_no_token_is_refused(tmp_path: Path, token: str) -> None:
    with pytest.raises(Unauthenticated, match="not valid here"):
        SignIns(tmp_path).redeem(token)


def test_a_token_is_short_lived_and_for_one_data_folder(tmp_path: Path) -> None:
    with pytest.raises(Unauthenticated, match="too old"):
        SignIns(tmp_path).redeem(SignIns(tmp_path).issue(ACTOR, lifetime=timedelta(0)))
    with pytest.raises(Unauthenticated, match="not valid here"):
        SignIns(tmp_path / "other").redeem(SignIns(tmp_path).issue(ACTOR))


def test_notes_of_old_tokens_are_removed(tmp_path: Path) -> None:
    sign_ins = SignIns(tmp_path)
    sign_ins.redeem(sign_ins.issue(ACTOR))
    (note,) = (tmp_path / "sign-ins").iterdir()
    os.utime(note, (0, 0))
    sign_ins.redeem(sign_ins.issue(ACTOR))
    assert not note.exists()
    assert len(list((tmp_path / "sign-ins").iterdir())) == 1


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "sign-ins").write_text("")
    sign_ins = SignIns(tmp_path)
    with pytest.raises(BadInput, match="sign-ins"):
        sign_ins.redeem(sign_ins.issue(ACTOR))
