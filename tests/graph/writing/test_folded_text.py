from __future__ import annotations

from graph.store import Store
from graph.writing.folded_text import check_twins


async def test_missing_and_wrong_twins_are_found_and_mended(empty: Store) -> None:
    await empty.write(
        """
        CREATE (:Child {key: 'right', firstName: 'José', firstNameFolded: 'jose\\tJosé'}),
               (:Child {key: 'missing', firstName: 'Núñez', lastName: 'Peña'}),
               (:Child {key: 'wrong', firstNameFolded: 'left over'}),
               (:Address {key: 'a', city: 'Cañon City', cityFolded: 'CAÑON CITY'}),
               (:Placement {key: 'p', program: 'Can\u0303on Home', programFolded: 'canonhome\\tCañon Home'})
        """
    )
    wanted = {"Child.firstName": 2, "Child.lastName": 1, "Address.city": 1}

    assert await check_twins(empty, batch_size=2) == wanted
    assert await check_twins(empty, batch_size=2, mend=True) == wanted
    assert await check_twins(empty) == {}
    twins = await empty.read("MATCH (c:Child) RETURN c.key, c.firstNameFolded ORDER BY c.key")
    assert twins == [["missing", "nunez\tNúñez"], ["right", "jose\tJosé"], ["wrong", None]]
