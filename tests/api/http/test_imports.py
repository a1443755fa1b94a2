"""Uploads, from the request to the graph."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from api.access.keys import TOKENS, derived_key, secret_key
from api.access.policy import INVESTIGATOR, MONITOR, Actor, Role
from api.access.tokens import issue_token
from api.documents.limits import Limits
from api.serving import service
from api.serving.service import build_api, create_service
from graph.maintenance.lease import hold
from graph.settings import Settings
from graph.store import Store
from seed.uploads import PUBLISHED, SPREADSHEET
from tests.queries.scenarios import LIBRARY

HEADER = "CASE_ID,TRADE_NM,STREET_ADDR_1_TXT,CTY_NM,ST_CD,ZIP_CD,FINDINGS_START_DATE,FINDINGS_END_DATE"
MORE = "LEGAL_NAME,NAIC_CD,FLSA_CL_VIOLTN_CNT,FLSA_CL_MINOR_CNT,FLSA_CL_CMP_ASSD_AMT,FLSA_REPEAT_VIOLATOR"
GOOD = "1402,BAKERY,12 MAIN ST,HOUSTON,TX,77002,2021-01-04,2023-01-03,FOODS LLC,311811,5,3,12345.50,R"
BAD = "1403,BAKERY,12 MAIN ST,HOUSTON,TX,77002,2021-01-04,2023-01-03,FOODS LLC,311811,five,3,12345.50,R"
FILE = "\n".join([f"{HEADER},{MORE}", GOOD, BAD, ""]).encode()


def token_of(settings: Settings, role: Role = INVESTIGATOR) -> str:
    return issue_token(derived_key(secret_key(settings), TOKENS), Actor("ana", role), timedelta(hours=1))


@pytest.fixture(scope="module")
def app(settings: Settings, store: Store) -> Starlette:
    return create_service(settings, store, build_api([*LIBRARY]))


@pytest.fixture
def client(settings: Settings, app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://sightline",
        headers={"authorization": f"Bearer {token_of(settings)}"},
    )


async def test_what_would_change_is_told_first_and_then_written(client: httpx.AsyncClient, empty: Store) -> None:
    employers = "MATCH (e:Employer) RETURN count(e)"
    told = (await client.post("/import/whd", files={"file": ("whd.csv", FILE)})).json()
    assert await empty.read_value(employers, {}) == 0
    assert (told["written"], told["rows"], told["imported"], told["notes"]) == (False, 2, 2, 1)
    assert {"label": "Employer", "created": 1} in [
        {name: one[name] for name in ("label", "created")} for one in told["records"]
    ]

    done = (await client.post("/import/whd", files={"file": ("whd.csv", FILE)}, data={"write": "true"})).json()
    assert "sponsorsUnderSeveralRecords" in told["untold"]
    assert done == {**told, "written": True, "untold": []}
    assert await empty.read_value(employers, {}) == 1
    [row] = csv.DictReader(io.StringIO(done["rejects"]))
    assert row["value"] == "five"
    assert await empty.read_value("MATCH (c:Change) RETURN collect(DISTINCT c.actor)", {}) == ["ana"]

    again = (await client.post("/import/whd", files={"file": ("whd.csv", FILE)}, data={"write": "true"})).json()
    assert all(one["created"] == one["changed"] == 0 for one in again["records"])


async def test_an_archive_is_read(client: httpx.AsyncClient, empty: Store) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("whd.csv", FILE)
    told = (await client.post("/import/whd", files={"file": ("whd.zip", packed.getvalue())})).json()
    assert (told["file"], told["rows"]) == ("whd.zip", 2)


async def test_nothing_of_a_file_stays_behind(client: httpx.AsyncClient, empty: Store, settings: Settings) -> None:
    before = sorted(settings.data_dir.iterdir())
    await client.post("/import/whd", files={"file": ("../../whd.csv", FILE)}, data={"write": "true"})
    await client.post("/import/whd", files={"file": ("whd.csv", b"a,b\n1,2\n")})
    assert sorted(settings.data_dir.iterdir()) == before


@pytest.mark.parametrize(
    ("path", "given", "status", "code", "part"),
    [
        ("/import/whdd", {}, 404, "NOT_FOUND", "did you mean whd?"),
        ("/import/whd?write=true", {}, 400, "BAD_USER_INPUT", "addresses are kept in logs"),
        ("/import/whd", {"data": {"write": "yes"}}, 400, "BAD_USER_INPUT", "'write' must be true"),
        ("/import/whd", {"data": {"dry": "yes"}}, 400, "BAD_USER_INPUT", "no others"),
        ("/import/whd", {"files": {}, "json": {}}, 415, "BAD_USER_INPUT", "multipart/form-data"),
        ("/import/whd", {"files": {"other": ("a.csv", b"")}}, 400, "BAD_USER_INPUT", "in the field 'file'"),
        ("/import/whd", {"files": {"file": ("..", b"a")}}, 400, "BAD_USER_INPUT", "with a name"),
        ("/import/whd", {"files": {"file": ("x" * 300, b"a")}}, 400, "BAD_USER_INPUT", "with a name"),
        ("/import/whd", {"files": {"file": ("a.csv", b"")}}, 400, "BAD_USER_INPUT", "a.csv"),
        ("/import/eoir", {"files": {"file": ("a.zip", b"PK")}}, 400, "BAD_USER_INPUT", "a.zip"),
    ],
)
async def test_what_cannot_be_imported_is_said_in_a_sentence(
    client: httpx.AsyncClient, empty: Store, path: str, given: dict[str, object], status: int, code: str, part: str
) -> None:
    response = await client.post(path, **{"files": {"file": ("whd.csv", FILE)}, **given})  # type: ignore[arg-type]
    [error] = response.json()["errors"]
    assert part in error["message"]
    assert (response.status_code, error["extensions"]["code"]) == (status, code)
    assert str(Path.cwd()) not in error["message"]


async def test_a_file_of_another_layout_names_its_import(client: httpx.AsyncClient, empty: Store) -> None:
    releases = Path(__file__).parents[2] / "seed" / "fixtures" / "hhs_releases.csv"
    response = await client.post("/import/whd", files={"file": ("releases.csv", releases.read_bytes())})
    assert "sightline import hhs-releases" in response.json()["errors"][0]["message"]


async def test_a_form_that_is_cut_off_or_too_large_is_refused(
    settings: Settings, store: Store, client: httpx.AsyncClient, empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    cut = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b'
    response = await client.post("/import/whd", content=cut, headers=headers)
    assert response.status_code == 400
    assert "ends too early" in response.json()["errors"][0]["message"]
    monkeypatch.setattr(service, "Limits", partial(Limits, upload=100))
    small = create_service(settings, store, build_api([*LIBRARY]))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(small), base_url="http://sightline", headers=client.headers
    ) as other:
        response = await other.post("/import/whd", files={"file": ("whd.csv", FILE)})
    assert response.status_code == 413
    assert "sightline import" in response.json()["errors"][0]["message"]


async def test_too_many_rejects_stop_the_import_and_are_told(client: httpx.AsyncClient, empty: Store) -> None:
    rows = [GOOD.replace("1402", "")] * 10_002
    file = "\n".join([f"{HEADER},{MORE}", *rows])
    told = (await client.post("/import/whd", files={"file": ("whd.csv", file)})).json()
    assert "More than 10,000 rows were rejected" in told["stopped"]
    assert len(told["rejects"].splitlines()) == 10_001


async def test_who_may_not_import_cannot(client: httpx.AsyncClient, settings: Settings) -> None:
    for value, status in (("", 401), (f"Bearer {token_of(settings, MONITOR)}", 403)):
        response = await client.post("/import/whd", files={"file": ("whd.csv", FILE)}, headers={"authorization": value})
        assert response.status_code == status
    response = await client.get("/import/whd")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


async def test_other_work_on_the_store_is_waited_for_by_the_client(client: httpx.AsyncClient, empty: Store) -> None:
    async with hold(empty, "import"):
        response = await client.post("/import/whd", files={"file": ("whd.csv", FILE)}, data={"write": "true"})
    assert response.status_code == 400
    assert "wait until it has ended" in response.json()["errors"][0]["message"]


CALLS = Path(__file__).parents[3] / "docs" / "examples" / "calls.csv"


async def test_a_spreadsheet_is_imported_by_the_mapping_that_was_suggested(
    client: httpx.AsyncClient, empty: Store
) -> None:
    file = {"file": (CALLS.name, CALLS.read_bytes())}
    suggestion = (await client.post("/import/spreadsheet", files=file)).json()["suggestion"]
    assert {"name": "A Number", "target": "child.aNumber"}.items() <= suggestion["columns"][1].items()
    assert len(suggestion["rows"][0]) == len(suggestion["columns"])

    mapping = suggestion["mapping"].replace("NAME OF THE SYSTEM", "HHS ORR")
    told = (await client.post("/import/spreadsheet", files=file, data={"mapping": mapping})).json()
    assert (told["written"], told["rows"]) == (False, 5)
    assert await empty.read_value("MATCH (c:ContactAttempt) RETURN count(c)", {}) == 0
    done = (await client.post("/import/spreadsheet", files=file, data={"mapping": mapping, "write": "true"})).json()
    assert done["records"] == told["records"]
    assert await empty.read_value("MATCH (c:ContactAttempt) RETURN count(c)", {}) == done["imported"]


@pytest.mark.parametrize(
    ("path", "data", "name", "part"),
    [
        ("spreadsheet", {"write": "true"}, "calls.csv", "what the columns mean"),
        ("spreadsheet", {"mapping": "system: x"}, "calls.csv", "The mapping"),
        ("spreadsheet", {"mapping": "- x"}, "calls.csv", "is no mapping"),
        ("whd", {"mapping": "system: x"}, "calls.csv", "takes no mapping"),
    ],
)
async def test_a_mapping_that_cannot_be_used_is_told(
    client: httpx.AsyncClient, empty: Store, path: str, data: dict[str, str], name: str, part: str
) -> None:
    response = await client.post(f"/import/{path}", files={"file": (name, CALLS.read_bytes())}, data=data)
    assert response.status_code == 400
    assert part in response.json()["errors"][0]["message"]


async def test_a_published_file_is_no_spreadsheet(client: httpx.AsyncClient, empty: Store) -> None:
    response = await client.post("/import/spreadsheet", files={"file": ("whd.csv", FILE)})
    assert "import it as whd" in response.json()["errors"][0]["message"]


async def test_requests_are_counted_under_one_name(client: httpx.AsyncClient, empty: Store) -> None:
    await client.post("/import/whd", files={"file": ("Ana-Lopez.csv", b"a,b\n1,2\n")})
    await client.post("/import/Ana-Lopez", files={"file": ("whd.csv", FILE)})
    text = (await client.get("/metrics")).text
    assert 'sightline_requests_total{code="NOT_FOUND",route="/import/{importer}"}' in text
    assert "Ana" not in text


def test_every_upload_has_a_route() -> None:
    assert set(service.IMPORTED) == {*PUBLISHED, SPREADSHEET}
