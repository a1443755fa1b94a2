from __future__ import annotations

import getpass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from api.access.sign_in import SignIns
from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("arguments", "environment", "place"),
    [
        ((), {}, "http://127.0.0.1:8000/sign-in"),
        (("--port", "9000"), {"SIGHTLINE_HOST": "0.0.0.0"}, "http://127.0.0.1:9000/sign-in"),
        (("--host", "::1"), {"SIGHTLINE_PORT": "81"}, "http://[::1]:81/sign-in"),
    ],
)
def test_the_address_signs_in_at_the_server(
    alone: Command, tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], place: str
) -> None:
    done = alone("sign-in", *arguments, environment=environment)

    address = urlsplit(done.out.strip())
    assert f"{address.scheme}://{address.netloc}{address.path}" == place
    actor = SignIns(tmp_path / "data").redeem(parse_qs(address.query)["token"][0])
    assert actor.name == getpass.getuser()


def test_the_address_is_for_whoever_is_named(alone: Command, tmp_path: Path) -> None:
    done = alone("sign-in", "--name", " R. Orti\u0301z ", "--agency", "ORR")

    actor = SignIns(tmp_path / "data").redeem(parse_qs(urlsplit(done.out.strip()).query)["token"][0])
    assert (actor.name, actor.agency) == ("R. Ort\u00edz", "ORR")
    assert alone("sign-in", "--agency", "orr").sentence.startswith("the agency must be a code of capital letters")
    for name in ("  ", "x" * 201, "a\u202eb"):
        assert alone("sign-in", "--name", name).sentence.startswith("the name is empty, too long or not plain text")
