from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.writing.rows import Position
from seed.csv_files import CsvFiles, arguments, mark_arguments
from seed.synthetic.days import DATES
from seed.synthetic.tables import Tables


def _tables() -> Tables:
    tables = Tables(1)
    where = ("12 Peña, rear", None, "Houston", "TX", "77002", Position(29.5, -95.25), "DELIVERABLE", None, None)
    tables.add("Address", 5, *where)
    tables.add("CourtOrder", 5, "REMOVAL", DATES[3], True)
    tables.reside("Child", "syn-child-1", "syn-address-1", DATES[0], None, "ORR", DATES[4])
    tables.link("IN_AREA", "Address", "syn-address-1", "syn-postal-area-1")
    return tables


def test_text_is_cleaned_before_it_is_written(tmp_path: Path) -> None:
    tables = Tables(1)
    tables.add("Agency", 1, "X", "Oficina de Leo\u0301n", "Justi\u00adce", "COURT")
    with CsvFiles(tmp_path, 1) as files:
        files.write(tables)
    assert (tmp_path / "Agency.0001.csv").read_text(encoding="utf-8") == (
        "syn-agency-000100001,X,Oficina de León,Justice,COURT,oficinadeleon\tOficina de León,justice\tJustice\n"
    )


def test_rows_have_the_form_that_the_import_tool_reads(tmp_path: Path) -> None:
    with CsvFiles(tmp_path, 7) as files:
        assert files.write(_tables()) == {
            "Address": 1,
            "CourtOrder": 1,
            "RESIDES_AT": 1,
            "IN_AREA": 1,
            "FROM_SOURCE": 2,
        }
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written["Address.0007.csv"] == (
        'syn-address-000100001,"12 Peña, rear",,Houston,TX,77002,"{latitude: 29.5, longitude: -95.25}",DELIVERABLE,,,'
        '"12penarear\t12 Peña, rear",houston\tHouston\n'
    )
    assert written["CourtOrder.0007.csv"] == "syn-court-order-000100001,REMOVAL,1940-01-04,true\n"
    assert written["Child-RESIDES_AT-Address.0007.csv"] == (
        "syn-child-1,syn-address-1,syn-residence-c000100001,1940-01-01,,ORR,1940-01-05\n"
    )
    assert written["Address-IN_AREA-PostalArea.0007.csv"] == "syn-address-1,syn-postal-area-1\n"
    assert written["CourtOrder-FROM_SOURCE-Source.0007.csv"].endswith(",100001,1940-01-06T09:00:00+00:00\n")


def test_arguments_name_all_parts_behind_a_typed_header(tmp_path: Path) -> None:
    for part in (2, 1):
        with CsvFiles(tmp_path, part) as files:
            files.write(_tables())
    got = arguments(tmp_path, prefix="../import")
    assert got[0] == (
        "--nodes=Address=../import/Address.header.csv,../import/Address.0001.csv,../import/Address.0002.csv"
    )
    assert [argument.split("=")[1] for argument in got] == [
        "Address",
        "CourtOrder",
        "IN_AREA",
        "RESIDES_AT",
        "FROM_SOURCE",
        "FROM_SOURCE",
    ]
    assert (tmp_path / "Address.header.csv").read_text() == (
        "key:ID(Address),street:string,unit:string,city:string,state:string,postalCode:string,"
        "location:point{crs:WGS-84},deliverability:string,kind:string,asWritten:string,"
        "streetFolded:string,cityFolded:string\n"
    )
    assert (tmp_path / "Child-RESIDES_AT-Address.header.csv").read_text() == (
        ":START_ID(Child),:END_ID(Address),key:string,since:date,until:date,reportedBy:string,reportedOn:date\n"
    )


def test_a_mark_is_one_node_of_the_values_that_are_known(tmp_path: Path) -> None:
    at = datetime(2024, 5, 31, 12, tzinfo=UTC)
    mark = {"key": "store", "holder": "a, b", "process": 7, "machine": None, "expiresAt": at, "complete": False}

    assert mark_arguments(tmp_path, {"Mark": mark}, prefix="../import") == ["--nodes=Mark=../import/Mark.csv"]
    assert (tmp_path / "Mark.csv").read_text(encoding="utf-8").splitlines() == [
        "key:ID(Mark),holder:string,process:long,expiresAt:datetime,complete:boolean",
        'store,"a, b",7,2024-05-31T12:00:00+00:00,false',
    ]


def test_files_are_made_through_the_same_checks_as_all_rows(tmp_path: Path) -> None:
    tables = Tables(1)
    tables.add("CourtOrder", 5, "VERDICT", DATES[3], True)
    with CsvFiles(tmp_path, 1) as files, pytest.raises(BadInput, match=r"CourtOrder\.kind must be one of"):
        files.write(tables)
