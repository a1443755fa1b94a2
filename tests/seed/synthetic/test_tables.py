from seed.synthetic.days import DATES, MORNINGS
from seed.synthetic.tables import Tables, key_of, source_key


def test_records_get_keys_and_provenance() -> None:
    tables = Tables(3)
    first = tables.add("CourtOrder", 10, "REMOVAL", DATES[9], True)
    second = tables.add("CourtOrder", 11, "TERMINATION", DATES[10], False)
    assert (first, second) == ("syn-court-order-000300001", key_of("CourtOrder", 300_002))
    (nodes,) = tables.nodes()
    assert nodes.columns == ("key", "kind", "issuedOn", "inAbsentia")
    assert nodes.rows == [(first, "REMOVAL", DATES[9], True), (second, "TERMINATION", DATES[10], False)]
    (links,) = tables.links()
    assert links.columns == ("start", "end", "key", "row", "recordedAt")
    source = source_key("CourtOrder")
    assert [(row[0], row[1], row[3], row[4]) for row in links.rows] == [
        (first, source, 300_001, MORNINGS[10]),
        (second, source, 300_002, MORNINGS[11]),
    ]
    assert list(tables.links(provenance=False)) == []


def test_rows_have_what_records_give_and_nothing_derived() -> None:
    tables = Tables(1)
    key = tables.add("Sponsor", 5, "Ana", "Mejía", DATES[1], True)
    (nodes,) = tables.nodes()
    assert nodes.columns == ("key", "firstName", "lastName", "dateOfBirth", "identityVerified")
    assert nodes.rows == [(key, "Ana", "Mejía", DATES[1], True)]


def test_reports_have_keys_of_their_own() -> None:
    tables = Tables(1)
    for label in ("Child", "Sponsor", "Child"):
        tables.reside(label, "who", "where", DATES[1], None, "ORR", DATES[2])
    keys = [row[2] for links in tables.links() for row in links.rows]
    assert len(set(keys)) == 3
