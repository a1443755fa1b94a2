"""What goes wrong while importing: a store that goes away, and files that hold anything."""

import asyncio
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, SightlineError, StoreUnavailable
from graph.store import Store
from seed.files.options import Options
from seed.hhs_releases.importing import import_hhs_releases
from tests.seed.hhs_releases.test_importing import ONE, TODAY, Write, counts, facts, faults, load, rejected, told

__all__ = ["faults"]


class Nowhere(Store):
    """A store whose every call fails as when the server went away."""

    def __init__(self) -> None:
        pass

    async def read(self, *_: object, **__: object) -> list[list[object]]:
        raise StoreUnavailable("The database cannot be reached")

    write = write_auto = read


async def test_a_store_that_goes_away_is_told_as_the_store_tells_it(write: Write) -> None:
    with pytest.raises(StoreUnavailable):
        await import_hhs_releases(Nowhere(), write(ONE, "x"), Options(today=TODAY))


FIELD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["1905", "7", "02/30/21", "1/5/15", "33125", "2", "Mother", '"', '"a', "\0", "\r", "nan", "-"]),
)
ROW = st.lists(FIELD, min_size=6, max_size=9).map(",".join)
HEADER_LINE = (
    "ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,"
    "Sponsor Zipcode,Sponsor Category,Relationship of Sponsor\n"
)


@pytest.mark.slow(reason="reads hundreds of made-up files")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=400), st.lists(ROW, max_size=8).map(lambda r: "\n".join(r).encode())))
@pytest.mark.parametrize("start", [b"", HEADER_LINE.encode()], ids=["bytes", "rows"])
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path: Path, start: bytes, content: bytes) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes(start + content)
    written = Counting()
    try:
        summary = asyncio.run(import_hhs_releases(written, file, Options(today=TODAY)))
    except SightlineError as error:
        sentence = str(error)
    else:
        sentence = next(iter(summary.lines()))
        assert summary.rows == summary.imported + summary.repeated + summary.rejected
        assert written.children == summary.imported == summary.difference.counts["created"]["Child"]
    assert sentence.isprintable()
    assert len(sentence) < 1_000


class Counting(Store):
    """A store that holds nothing and counts the children written to it."""

    def __init__(self) -> None:
        self.children = 0

    async def read(self, statement: str, *_: object, **__: object) -> list[list[object]]:
        return [] if ":Source" in statement else [[0]]

    async def transaction(self, work: Callable[[Any], Awaitable[Any]], **_: object) -> Any:
        return await work(self._run)

    async def _run(self, statement: str, parameters: object) -> list[list[object]]:
        if parameters is None:
            return [[[]]]
        return [[[]]] if "RETURN collect([n.key" in statement else await self.write(statement, parameters)

    async def read_value(self, *_: object, **__: object) -> object:
        return []

    async def write(self, statement: str, parameters: object = None, **_: object) -> list[list[object]]:
        assert isinstance(parameters, dict)
        if "rows" not in parameters:
            return [[True, *[None] * 5]] if "AS free" in statement else [[1]]
        rows = parameters["rows"]
        if "MERGE (n:Child " in statement:
            assert len({row[0] for row in rows}) == len(rows)
            self.children += len(rows)
        return [[len(rows)]]

    async def write_auto(self, *_: object, **__: object) -> list[list[object]]:
        return []


async def test_an_archive_gives_what_the_file_in_it_gives(empty: Store, faults: Path, tmp_path: Path) -> None:
    archive = tmp_path / "releases.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.write(faults, "HHS/releases.csv")
    packed = await load(empty, archive)
    found = await facts(empty)
    await empty.write("MATCH (n) DETACH DELETE n")
    plain = await load(empty, faults)
    assert await facts(empty) == found
    assert (packed.imported, packed.rejected, packed.notes) == (plain.imported, plain.rejected, plain.notes)


async def test_a_dry_run_writes_nothing_and_tells_what_the_import_does(
    empty: Store, faults: Path, write: Write
) -> None:
    await load(empty, write(ONE.replace("Honduras", "Peru"), ONE.replace("1,", "1905,", 1), name="earlier.csv"))
    before = await counts(empty), await facts(empty)
    foretold = await load(empty, faults, dry_run=True)
    assert (await counts(empty), await facts(empty)) == before
    done = await load(empty, faults)
    assert (done.difference, done.imported, done.remarks) == (foretold.difference, foretold.imported, foretold.remarks)
    assert told(done, "changed")["Child"] == 2
    assert list(foretold.lines())[-1] == "Nothing was written."


async def test_too_many_rejects_stop_an_import(empty: Store, faults: Path) -> None:
    with pytest.raises(BadInput, match=r"^More than 4 rows were rejected"):
        await load(empty, faults, most_rejects=4)
    assert len(rejected(faults.with_name("hhs_releases.csv.rejects.csv"))) == 12
    assert (await load(empty, faults, most_rejects=5)).rejected == 5
