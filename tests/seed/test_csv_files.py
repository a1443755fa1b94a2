from pathlib import Path

from graph.rows import Position
from seed.csv_files import CsvFiles, arguments
from seed.synthetic.days import DATES
from seed.synthetic.tables import Tables


def _tables() -> Tables:
    tables = Tables(1)
    where = ("12 Peña, rear", None, "Houston", "TX", "77002", Position(29.5, -95.25), "DELIVERABLE", 2, 1)
    tables.add("Address", 5, *where)
    tables.add("CourtOrder", 5, "REMOVAL", DATES[3], True)
    tables.reside("Child", "syn-child-1", "syn-address-1", DATES[0], None, "ORR")
    tables.link("IN_AREA", "Address", "syn-address-1", "syn-postal-area-1")
    return tables


def test_rows_have_the_form_that_the_import_tool_reads(tmp_path: Path) -> None:
    with CsvFiles(tmp_path, 7) as files:
        assert files.write(_tables()) == (2, 4)
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written["Address.0007.csv"] == (
        'syn-address-000100001,"12 Peña, rear",,Houston,TX,77002,"{latitude: 29.5, longitude: -95.25}",DELIVERABLE,2,1,'
        '"12 pena, rear",houston\n'
    )
    assert written["CourtOrder.0007.csv"] == "syn-court-order-000100001,REMOVAL,1940-01-04,true\n"
    assert written["Child-RESIDES_AT-Address.0007.csv"] == (
        "syn-child-1,syn-address-1,syn-residence-c000100001,1940-01-01,,ORR\n"
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
        "location:point{crs:WGS-84},deliverability:string,sponsorCount:long,childCount:long,"
        "streetFolded:string,cityFolded:string\n"
    )
    assert (tmp_path / "Child-RESIDES_AT-Address.header.csv").read_text() == (
        ":START_ID(Child),:END_ID(Address),key:string,since:date,until:date,reportedBy:string\n"
    )
