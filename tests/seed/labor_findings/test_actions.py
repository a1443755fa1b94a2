"""Employers that were cited for child labor, from the Labor Department's file to the graph."""

import csv
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from graph.store import Store
from seed.files.importing import check_layout, import_file
from seed.files.options import Options
from seed.files.summary import FileSummary
from seed.labor_findings import LABOR_FINDINGS
from seed.labor_findings.actions import COLUMNS, NOT_CHILD_LABOR
from tests.api.compiler.asking import Asker

TODAY = date(2024, 5, 31)
BAKERY = {
    "case_id": "1402",
    "trade_nm": "SUNRISE BAKERY",
    "legal_name": "Sunrise Foods LLC",
    "street_addr_1_txt": "12 MAIN ST",
    "cty_nm": "HOUSTON",
    "st_cd": "TX",
    "zip_cd": "77002",
    "naic_cd": "311811",
    "findings_start_date": "2021-01-04",
    "findings_end_date": "2023-01-03",
    "flsa_cl_violtn_cnt": "5",
    "flsa_cl_minor_cnt": "3",
    "flsa_cl_cmp_assd_amt": "12,345.50",
    "flsa_repeat_violator": "R",
}
SAID = """MATCH (e:Employer)-[:CITED_FOR]->(v:LaborViolation)
OPTIONAL MATCH (e)-[:LOCATED_AT]->(a:Address)
RETURN e.name, e.industryCode, COLLECT { MATCH (e)-[:IN_AREA]->(p) RETURN p.postalCode },
  a.street, a.city, a.state, a.postalCode, v.key, toString(v.investigatedFrom), toString(v.foundOn), v.violations,
  v.minorsAffected, v.penalty, v.repeated
ORDER BY v.key, a.street"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows, each as what differs from the bakery's, below a header."""

    def write(*rows: dict[str, str], header: Callable[[str], str] = str, name: str = "whd.csv") -> Path:
        path = tmp_path / name
        with path.open("w", newline="") as stream:
            table = csv.writer(stream)
            table.writerow([header(column) for column in ("ld_dt", *COLUMNS, "h1b_violtn_cnt")])
            table.writerows(["2024-05-01", *({**BAKERY, **row}[name] for name in COLUMNS), "0"] for row in rows)
        return path

    return write


async def load(store: Store, file: Path, **options: Any) -> FileSummary:
    return await import_file(store, file, Options(today=TODAY, **options), importer=LABOR_FINDINGS)


def rejects(file: Path) -> list[list[str]]:
    with file.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))[1:]


async def everything(store: Store) -> object:
    return await store.read(
        "MATCH (n) WHERE NOT n:Change AND NOT n:ChangeLog AND NOT n:SightlineStore "
        "RETURN labels(n)[0] AS label, n.key AS key, properties(n), COLLECT { MATCH (n)-[r]->(m) "
        "RETURN type(r) + ' ' + m.key + ' ' + coalesce(toString(r.row), '') AS x ORDER BY x } ORDER BY label, key"
    )


@pytest.mark.parametrize("header", [str, str.upper])
@pytest.mark.parametrize("packed", [False, True])
async def test_an_employer_is_imported_with_its_violation(
    empty: Store, write: Write, header: Callable[[str], str], packed: bool
) -> None:
    file = write({}, header=header)
    if packed:
        archive = file.with_suffix(".zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            target.write(file, "WHD/whd_whisard.csv")
        file = archive
    summary = await load(empty, file)
    assert (summary.rows, summary.imported, summary.rejected, summary.rejects) == (1, 1, 0, None)
    assert summary.difference.counts["created"] == {"LaborViolation": 1, "Employer": 1, "PostalArea": 1, "Address": 1}
    violation = ["whd-case-1402", "2021-01-04", "2023-01-03", 5, 3, 12345.5, True]
    assert await empty.read(SAID) == [
        ["Sunrise Bakery", "311811", ["77002"], "12 Main St", "Houston", "TX", "77002", *violation]
    ]


async def test_only_child_labor_is_imported(empty: Store, write: Write) -> None:
    nothing = {"flsa_cl_violtn_cnt": "0", "flsa_cl_minor_cnt": ""}
    file = write({}, {**nothing, "case_id": "2"}, {**nothing, "case_id": "3", "zip_cd": "x"})
    summary = await load(empty, file)
    assert (summary.rows, summary.imported, summary.passed_over) == (3, 1, {NOT_CHILD_LABOR: 2})
    assert await empty.read("MATCH (v:LaborViolation) RETURN count(v)") == [[1]]


async def test_every_fault_is_told_with_its_row_and_column(empty: Store, write: Write) -> None:
    file = write(
        {"zip_cd": "nowhere", "findings_end_date": "02/30/2023", "flsa_cl_cmp_assd_amt": "much"},
        {"case_id": ""},
        {"case_id": "x7"},
        {"case_id": "3", "trade_nm": "", "legal_name": ""},
        {"case_id": "4", "flsa_cl_minor_cnt": "-2", "flsa_repeat_violator": "Z"},
        {},
        {"case_id": "4", "flsa_cl_minor_cnt": "9"},
        {"case_id": "5", "findings_end_date": "2020-01-01"},
        {"case_id": "6", "findings_end_date": "2925-01-01", "st_cd": "Texxas", "naic_cd": "=1+1"},
    )
    summary = await load(empty, file)
    assert (summary.rows, summary.imported, summary.rejected, summary.repeated) == (9, 4, 5, 0)
    assert summary.rejects is not None
    assert rejects(summary.rejects) == [
        ["2", "zip_cd", "nowhere", "is not a ZIP code"],
        ["2", "findings_end_date", "02/30/2023", "is not a day of the calendar"],
        ["2", "flsa_cl_cmp_assd_amt", "much", "is not an amount"],
        ["3", "case_id", "", "is blank: the row was not imported"],
        ["4", "case_id", "x7", "is not the number of a case: the row was not imported"],
        ["5", "trade_nm", "", "names no employer: the row was not imported"],
        ["6", "flsa_cl_minor_cnt", "'-2", "is not a whole number"],
        ["6", "flsa_repeat_violator", "Z", "is not a mark of a repeated violator; R, W or RW is expected"],
        ["7", "", "", "row 2 says something else of the same record: the row was not imported"],
        ["8", "", "", "row 6 says something else of the same record: the row was not imported"],
        [
            "9",
            "findings_end_date",
            "2020-01-01",
            "is before the first day of the period; both were imported as written",
        ],
        ["10", "st_cd", "Texxas", "is not a state of the United States"],
        ["10", "naic_cd", "'=1+1", "is not a NAICS code"],
        ["10", "findings_end_date", "2925-01-01", "lies in the future"],
    ]
    assert await empty.read("MATCH (v:LaborViolation {key: 'whd-case-6'}) RETURN v.foundOn") == [[None]], (
        "a day is not made up"
    )


async def test_an_employer_of_several_cases_is_one(empty: Store, write: Write) -> None:
    file = write({}, {"case_id": "2", "trade_nm": "Sunrise  bakery,"}, {"case_id": "3", "zip_cd": "77003"})
    await load(empty, file)
    found = await empty.read("MATCH (e:Employer) RETURN COUNT { (e)-[:CITED_FOR]->() } AS n ORDER BY n")
    assert found == [[1], [2]]


async def test_importing_again_changes_nothing_and_a_newer_file_updates(empty: Store, write: Write) -> None:
    await load(empty, write({}, {"case_id": "2", "trade_nm": "Other"}))
    before = await everything(empty)
    again = await load(empty, write({}, {"case_id": "2", "trade_nm": "Other"}))
    assert await everything(empty) == before
    assert [one for one in again.difference.counts if again.difference.of(one)] == ["unchanged"]
    newer = await load(empty, write({"flsa_cl_minor_cnt": "8"}, {"case_id": "2", "trade_nm": "Other"}))
    assert newer.difference.counts["changed"] == {"LaborViolation": 1}
    assert await empty.read("MATCH (v:LaborViolation {key: 'whd-case-1402'}) RETURN v.minorsAffected") == [[8]]


async def test_a_dry_run_writes_nothing_and_tells_the_same(empty: Store, write: Write) -> None:
    await empty.write(
        "CREATE (:PostalArea {key: 'zip-77002', postalCode: '77002'})-[:FROM_SOURCE {key: 'x'}]->"
        "(:Source {key: 'other', system: 'HHS ORR'})"
    )
    before = await everything(empty)
    file = write({}, {"case_id": ""})
    told = await load(empty, file, dry_run=True)
    assert await everything(empty) == before
    assert told.difference.counts["joined"] == {"PostalArea": 1}
    done = await load(empty, file)
    assert (done.difference, done.imported, done.rejected) == (told.difference, told.imported, told.rejected)
    assert list(told.lines())[-1] == "Nothing was written."


async def test_too_many_rejects_stop_the_import_and_are_told(empty: Store, write: Write) -> None:
    file = write(*({"case_id": "x"} for _ in range(5)), {})
    with pytest.raises(BadInput, match="More than 3 rows were rejected, the last one being row 5"):
        await load(empty, file, most_rejects=3)
    assert len(rejects(file.with_name("whd.csv.rejects.csv"))) == 4
    assert await empty.read("MATCH (v:LaborViolation) RETURN count(v)") == [[0]]


def test_another_file_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    file = tmp_path / "releases.csv"
    file.write_text("ID,Child's Gender\n1,F\n")
    with pytest.raises(BadInput, match="not in the layout of the Labor Department's compliance actions"):
        check_layout(LABOR_FINDINGS.layout, file, {})


async def test_a_release_near_a_cited_employer_is_found(empty: Store, write: Write) -> None:
    await load(empty, write({"findings_end_date": "2024-01-03"}))
    await empty.write(
        "MATCH (area:PostalArea {postalCode: '77002'}) "
        "CREATE (:Child {key: 'c', dateOfBirth: date('2010-01-01')})-[:HAS_PLACEMENT]->"
        "(:Placement {key: 'p', relationship: 'UNRELATED', releasedOn: date('2023-06-01')})-[:RELEASED_IN]->(area)"
    )
    found = await Asker(empty)(
        '{ releasesNearCitedEmployers(asOf: "2024-05-31") { nodes { child { key } minorsAffected } } }'
    )
    assert found["releasesNearCitedEmployers"]["nodes"] == [{"child": {"key": "c"}, "minorsAffected": 3}]
