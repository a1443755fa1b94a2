"""Addresses as people write them: what is one address, what is none, and what cannot be reached by mail."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import MODEL, Enumeration
from seed.files.addresses import ReadAddress, read_address

PAGE = Path(__file__).parents[4] / "docs" / "addresses.md"
HOUSTON = {"city": "Houston", "state": "TX", "postal_code": "77002"}
SAME = (
    (
        "123 N Main St Apt 4, Houston, TX 77002",
        "123 North Main Street #4, Houston, TX 77002",
        "123 n. main st. apt. 4, houston, tx 77002",
        "123  N   MAIN  STREET   UNIT 4  HOUSTON TX 77002",
        "123 N Main St Apt 4 Houston, Texas 77002-1234",
        "Apt 4, 123 N Main St, Houston, TX 77002, USA",
        "#4 123 N Main St, Houston, TX 77002",
        "123 N Main St # 4\nHouston, TX 77002\nEE.UU.",
        "123 N Main St Apartamento 4, Houston, Tejas 77002",
        "123 N Main St Apt No. 4; Houston; TX; 77002",
        "123 N Main St apt4, Houston TX 77002",
        "c/o Maria Lopez, 123 N Main St Lot 4, Houston, TX 77002",
        "123 N Main St, Ste 4, Houston, TX 77002 United States",
        "123 N\u00a0Main St\u200b Apt 4, Houston,\x00 TX 77002",
    ),
    ("123 St James St, Houston, TX 77002", "123 Saint James Street, Houston, TX 77002"),
    (
        "100 5th Ave, New York, NY 10001",
        "100 Fifth Avenue, New York, New York 10001",
        "100 5 Ave., New York NY 10001",
        "100 5TH AV NEW YORK NY 10001",
    ),
    ("8 Twenty-First St, Houston, TX 77002", "8 21st Street, Houston, TX 77002", "8 Twenty First St, Houston TX 77002"),
    (
        "1234 FM 1960 W, Houston, TX 77090",
        "1234 Farm to Market Road 1960 West, Houston, TX 77090",
        "1234 FM 1960 Rd W, Houston, TX 77090",
        "1234 F.M. 1960 West, Houston TX 77090",
        "1234 Farm-to-Market 1960 W, Houston, TX 77090",
    ),
    ("5000 US Hwy 59, Houston, TX 77002", "5000 U.S. 59, Houston, TX 77002", "5000 us highway 59, Houston, TX 77002"),
    ("700 County Road 12, Alvin, TX 77511", "700 CR 12, Alvin, TX 77511", "700 Co Rd 12, Alvin, TX 77511"),
    ("9 State Hwy 6, Alvin, TX 77511", "9 SH 6, Alvin, TX 77511"),
    ("15 I-10, Houston, TX 77002", "15 Interstate 10, Houston, TX 77002", "15 IH 10 Houston TX 77002"),
    ("1909 North Hwy 81, Bowie, TX 76230", "1909 N Highway 81, Bowie, TX 76230"),
    ("123 NW Loop 410, San Antonio, TX 78216", "123 North West Loop 410, San Antonio, TX 78216"),
    ("123 1/2 Main St, Houston, TX 77002", "123\u00bd Main Street, Houston, TX 77002"),
    ("123-A Main St, Houston, TX 77002", "123A Main St., Houston, TX 77002"),
    ("34-12 31st Ave, Astoria, NY 11106", "34-12 31 Avenue, Astoria NY 11106", "34\u201312 31st Ave, Queens, NY 11106"),
    ("N6W23001 Bluemound Rd, Waukesha, WI 53188", "N6 W23001 Bluemound Road, Waukesha WI 53188"),
    ("550 N 400 E, Salt Lake City, UT 84103", "550 North 400 East, Salt Lake City UT 84103"),
    ("RR 2 Box 152, Alvin, TX 77511", "R.R. 2, Box 152, Alvin, TX 77511", "Rural Route 2 Box #152 Alvin TX 77511"),
    ("HC 3 Box 12, Terlingua TX 79852", "Highway Contract 3 Box 12, Terlingua, TX 79852"),
    ("12 Peña Ln, El Paso, TX 79901", "12 PENA LANE, EL PASO, TX 79901", "12 Pen\u0303a Lane, El Paso TX 79901"),
    ("7 Oak St Bldg 3 Apt 4, Houston, TX 77002", "7 Oak Street, Apt 4, Building 3, Houston, TX 77002"),
    (
        "7 Oak St Fl 2, Houston, TX 77002",
        "7 Oak St 2nd Floor, Houston, TX 77002",
        "7 Oak St, Piso 2, Houston, TX 77002",
    ),
    ("7 Oak St Apt 4B, Houston, TX 77002", "7 Oak St #4-B, Houston, TX 77002", "7 Oak St Apt 4 B, Houston, TX 77002"),
    (
        "7 Oak St Apt 4, Houston, TX 77002",
        "7 Oak St, Oak Village Apartments 4, Houston, TX 77002",
        "7 Oak St, Oaks 4, Houston, TX 77002",
    ),
    ("7 Oak St Bsmt, Houston, TX 77002", "7 Oak St (basement), Houston, TX 77002"),
    ("40 40th St E #100, Palmdale CA 93552", "40 40TH ST EAST 100 PALMDALE CA 93552"),
    ("9 Elm St, St Louis, MO", "9 Elm Street, Saint Louis, Missouri", "9 ELM ST, ST. LOUIS MO"),
    ("456 Oak Ave, Boston, MA 02118", "456 Oak Ave, Boston, MA 2118", "456 Oak Avenue, Boston MA 02118-4321"),
    (
        "Urb Las Gladiolas, 150 Calle A, San Juan PR 00926",
        "URB Las Gladiolas 150 Calle A, San Juan PR 00926",
        "Urbanización Las Gladiolas, Calle A #150, San Juan, Puerto Rico 00926",
    ),
    ("PO Box 12, Houston, TX 77002", "P. O. Box 12, Houston TX 77002", "Post Office Box #012, Houston, TX 77002"),
    ("Apartado 123, San Juan, PR 00902", "P.O. BOX 123, San Juan PR 00902", "Apdo. Postal 123, San Juan, PR 00902"),
    ("PSC 802 Box 74, APO AE 09499", "PSC 802, BOX 74, APO, AE 09499"),
)
OTHERS = (
    ("123 N Main St, Houston, TX 77002", "123 S Main St, Houston, TX 77002", "123 Main St, Houston, TX 77002"),
    ("123 Main St, Houston, TX 77002", "123 Main Ave, Houston, TX 77002", "123 Main, Houston, TX 77002"),
    ("123 Main St, Houston, TX 77002", "123 Main St, Houston, TX 77003", "123 Main St, Houston, TX"),
    ("123 Main St Apt 4, Houston, TX 77002", "123 Main St Apt 5, Houston, TX 77002", "123 Main St, Houston, TX 77002"),
    (
        "123 Main St Bldg 4, Houston, TX 77002",
        "123 Main St Fl 4, Houston, TX 77002",
        "123 Main St 4, Houston, TX 77002",
    ),
    ("1 15th Ave, Houston, TX 77002", "11 5th Ave, Houston, TX 77002"),
    ("5000 US Hwy 59, Houston, TX 77002", "5000 Hwy 59, Houston, TX 77002", "5000 FM 59, Houston, TX 77002"),
    ("1400 N St NW, Washington, DC 20005", "1400 North St NW, Washington, DC 20005", "1400 N St, Washington, DC 20005"),
    ("1200 Avenue N, Brooklyn, NY 11230", "1200 N Avenue, Brooklyn, NY 11230"),
    ("PO Box 12, Houston, TX 77002", "12 Box St, Houston, TX 77002", "RR 12 Box 12, Houston, TX 77002"),
    ("9 Elm St, Springfield, IL", "9 Elm St, Springfield, MA"),
)


def properties(read: ReadAddress) -> dict[str, str]:
    return {name: value for name, value in read.properties.items() if name != "asWritten"}


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts[0])
def test_spellings_of_one_address_are_one(texts: tuple[str, ...]) -> None:
    read = [read_address(text) for text in texts]
    assert read[0].key is not None
    assert {text: one.key for text, one in zip(texts, read, strict=True)} == dict.fromkeys(texts, read[0].key)
    assert {one.properties.get("unit") for one in read} == {read[0].properties.get("unit")}


@pytest.mark.parametrize("texts", OTHERS, ids=lambda texts: texts[0])
def test_different_addresses_are_not_joined(texts: tuple[str, ...]) -> None:
    keys = [read_address(text).key for text in texts]
    assert len(set(keys)) == len(keys)
    assert None not in keys


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        *(
            (text, "BLANK")
            for text in ("", "  ", "N/A", "unknown", "-", "xxxx", "No address given", "desconocida", "TBD")
        ),
        *((text, "BLANK") for text in ("Houston, TX 77002", "77002", "Address unknown")),
        *((text, "UNDELIVERABLE") for text in ("homeless", "same as above", "same", "lives with his aunt")),
        *(
            (text, "UNDELIVERABLE")
            for text in ("Main St", "Main St & 5th Ave", "somewhere near FM 1960", "ab " * 3_000)
        ),
    ],
)
def test_what_names_no_home_has_a_verdict_and_joins_nobody(text: str, verdict: str) -> None:
    read = read_address(text)
    assert (read.properties.get("deliverability"), read.key, read.building) == (verdict, None, None)
    assert read.properties.get("asWritten", "") == text.strip()
    assert bool(read.notes) == (verdict == "UNDELIVERABLE")


def test_columns_and_a_line_give_the_same() -> None:
    whole = read_address("123 N Main St Apt 4, Houston, TX 77002")
    for columns in (
        ("123 North Main St", "4", "HOUSTON", "Texas", "77002.0"),
        ("123 N Main St", "Apt. 4", "houston", "tx", "77002-1234"),
        ("123 N Main St #4", "", "Houston", "TX", "77002"),
        ("123 N Main St Apt 4, Houston, TX 77002", "", "Houston", "TX", "77002"),
        ("123 N Main St Apt 4 Houston", "4", "Houston", "TX", "77002"),
        ("123 N Main St Apt 4", "", "", "", "77002"),
    ):
        assert read_address(*columns).key == whole.key
    assert properties(read_address("123 N Main St", "4", "HOUSTON", "Texas", "77002.0")) == properties(whole)


def test_the_examples_of_the_page_are_read_so() -> None:
    rows = re.findall(r"^\| `(.+)` \| `(.+)` \| (?:`(.+)`)? ?\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 5
    for text, street, unit in rows:
        found = read_address(text).properties
        assert (found["street"], found.get("unit", "")) == (street, unit)


def test_the_text_is_kept_as_it_was_written() -> None:
    text = "123  North MAIN street,\tapt. 4\x00"
    assert read_address(text, "", "Houston").properties["asWritten"] == "123  North MAIN street,\tapt. 4, Houston"


def test_units_of_one_building_have_its_key_in_theirs() -> None:
    first, second = (read_address(f"123 Main St {unit}", **HOUSTON) for unit in ("Apt 4", "Apt 5"))
    whole = read_address("123 Main Street", **HOUSTON)
    assert first.building == second.building == whole.building == whole.key
    assert first.key is not None
    assert whole.key is not None
    assert first.key.startswith(f"{whole.key}-")


def test_a_street_without_a_place_joins_nobody() -> None:
    assert read_address("123 Main St").key is None
    assert read_address("123 Main St", city="Houston").key is None


@pytest.mark.parametrize(
    ("columns", "notes"),
    [
        (
            ("1 Elm St", "", "Boston", "TX", "02118"),
            [("postal_code", "is not a ZIP code of TX; both were imported as written")],
        ),
        (("1 Elm St", "", "Boston", "Texxas", "02118"), [("state", "is not a state of the United States")]),
        (("1 Elm St", "", "Boston", "MA", "nowhere"), [("postal_code", "is not a ZIP code")]),
        (
            ("1 Elm St, Boston, MA 02118", "", "", "RI", ""),
            [
                ("state", "differs from that in the street line; the column's was imported"),
                ("postal_code", "is not a ZIP code of RI; both were imported as written"),
            ],
        ),
        (("Elm St", "", "Boston", "MA", "02118"), [("street", "has no house number")]),
        (
            ("1 Elm St, PO Box 4", "", "Boston", "MA", "02118"),
            [("street", "names a box as well; the street address was imported")],
        ),
        (
            ("8a Calle 5-23 Zona 1, Ciudad de Guatemala, Guatemala",),
            [("street", "is not in the United States; it was imported as written")],
        ),
    ],
)
def test_what_does_not_fit_is_told(columns: tuple[str, ...], notes: list[tuple[str, str]]) -> None:
    assert list(read_address(*columns).notes) == notes


def test_a_known_kind_gives_way_to_what_the_text_says() -> None:
    assert read_address("1 Elm St", **HOUSTON, kind="BUSINESS").properties["kind"] == "BUSINESS"
    assert read_address("PO Box 1", **HOUSTON, kind="BUSINESS").properties["kind"] == "MAILBOX"


WORDS = st.sampled_from(
    re.split(
        " ",
        "123 N Main St Apt #4 # 4 , PO Box RR HC Unit 5th FM TX 77002 Houston c/o % ( ) - / . ; I-10 US FL 2nd floor "
        "USA Guatemala LA CT Urb Calle Ave & @ 1/2 \u00bd ñ \x00 Bldg Rear Motel 6 Apartado",
    )
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_text_can_be_read(street: str, unit: str, city: str, state: str, code: str) -> None:
    read = read_address(street, unit, city, state, code)
    node = MODEL.node("Address")
    for name, value in read.properties.items():
        kind = node.named(name).type
        assert value
        assert not isinstance(kind, Enumeration) or value in kind.values
    assert read.key is None or (read.building is not None and read.key.startswith(read.building))
