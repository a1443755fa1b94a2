"""Street lines in their normal form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seed.files.addresses import read_address

HOUSTON = {"city": "Houston", "state": "TX", "postal_code": "77002"}
DIRECTIONS = st.sampled_from(("", "N", "south", "NW", "North East", "E."))
PLAUSIBLE = st.tuples(
    st.sampled_from(("1", "123", "12-34", "7A", "9 1/2", "N6W23001")),
    DIRECTIONS,
    st.sampled_from(
        (
            "Main",
            "St James",
            "5",
            "fifth",
            "Twenty Second",
            "Mt Vernon",
            "Old Mill Park",
            "De La Cruz",
            "O'Brien",
            "North",
            "A",
        )
    ),
    st.sampled_from(("St", "street", "AVE.", "Blvd", "Ct", "Holw", "", "Way", "Trl")),
    DIRECTIONS,
    st.sampled_from(("", "Apt 4", "#4-B", "Unit A", "Bldg 2 Ste 100", "Fl 3", "Rear", "2nd floor")),
).map(lambda parts: " ".join(part for part in parts if part))


@pytest.mark.parametrize(
    ("text", "street", "unit", "city"),
    [
        ("123 north main street #4, houston, tx", "123 N Main St", "Unit 4", "Houston"),
        ("123 St Charles Ave New Orleans LA 70130", "123 Saint Charles Ave", None, "New Orleans"),
        ("1509 Via Christina, Vista, CA 92084", "1509 Via Christina", None, "Vista"),
        ("100 Elm Ct Hartford CT", "100 Elm Ct", None, "Hartford"),
        ("123 Front St Key West FL 33040", "123 Front St", None, "Key West"),
        ("123 E North St, Houston, TX", "123 E North St", None, "Houston"),
        ("123 Avenue B, Houston, TX", "123 Avenue B", None, "Houston"),
        ("100 Dr Martin Luther King Jr Blvd N, Tampa, FL", "100 Dr Martin Luther King Jr Blvd N", None, "Tampa"),
        ("3700 US Highway 51, La Place, LA 70068", "3700 US Highway 51", None, "La Place"),
        ("7 Old Mill Rd Trlr 5, Houston, TX", "7 Old Mill Rd", "Unit 5", "Houston"),
        ("7 Old Mill Rd Rear, Houston, TX", "7 Old Mill Rd", "Rear", "Houston"),
        ("456 Holiday Inn Dr, Houston, TX 77002", "456 Holiday Inn Dr", None, "Houston"),
        ("12 De La Cruz Blvd, Ft Worth, TX", "12 De la Cruz Blvd", None, "Fort Worth"),
    ],
)
def test_the_parts_are_in_their_normal_form(text: str, street: str, unit: str | None, city: str) -> None:
    read = read_address(text)
    found = read.properties
    assert (found["street"], found.get("unit"), found["city"]) == (street, unit, city)
    assert ("kind" in found, "deliverability" in found, read.notes) == (False, False, ())


@settings(max_examples=300, deadline=None)
@given(PLAUSIBLE)
def test_the_normal_form_is_read_as_itself(text: str) -> None:
    first = read_address(text, **HOUSTON)
    found = first.properties
    assert first.key is not None
    again = read_address(found["street"], found.get("unit", ""), found["city"], found["state"], found["postalCode"])
    assert again.key == first.key
