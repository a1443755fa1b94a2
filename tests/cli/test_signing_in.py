from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from api.sign_in import SignIns
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
    assert actor.name == "playground"
