"""Boxes, hotels, shops that take mail, and shelters, by what a line says of them."""

import pytest

from seed.files.addresses import read_address

HOUSTON = {"city": "Houston", "state": "TX", "postal_code": "77002"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PO Box 45", "MAILBOX"),
        ("P O Box 45", "MAILBOX"),
        ("POBox 45", "MAILBOX"),
        ("P.O.B. 45", "MAILBOX"),
        ("Apartado Postal 45", "MAILBOX"),
        ("General Delivery", "MAILBOX"),
        ("123 Main St PMB 234", "MAILBOX"),
        ("The UPS Store, 123 Main St #234", "MAILBOX"),
        ("123 Main St #234 (Mail Boxes Etc.)", "MAILBOX"),
        ("PostNet 123 Main St Ste 5", "MAILBOX"),
        ("Motel 6, 123 Main St", "HOTEL"),
        ("123 Main St - Days Inn Rm 12", "HOTEL"),
        ("Super 8 123 Main St", "HOTEL"),
        ("123 Main St (hotel)", "HOTEL"),
        ("123 Main St Motel 6", "HOTEL"),
        ("123 Main St La Quinta Inn & Suites Rm 4", "HOTEL"),
        ("123 Main St UPS Store #234", "MAILBOX"),
        ("Casa Alianza shelter, 123 Main St", "SHELTER"),
    ],
)
def test_boxes_hotels_and_shelters_are_marked_by_kind(text: str, kind: str) -> None:
    read = read_address(text, **HOUSTON)
    assert (read.properties.get("kind"), read.properties.get("deliverability")) == (kind, None)
    assert read.key is not None
