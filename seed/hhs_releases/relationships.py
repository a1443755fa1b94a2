"""The names of sponsors' relationships in the HHS releases, for each of the model's values.

Names are in lower case, without spaces, hyphens and other marks.
"""

from __future__ import annotations

_CALLED = {
    "PARENT": "mother father parent parents mom dad",
    "LEGAL_GUARDIAN": "legalguardian guardian courtappointedguardian",
    "STEPPARENT": "stepmother stepfather stepparent stepmom stepdad",
    "GRANDPARENT": "grandmother grandfather grandparent grandparents grandma grandpa",
    "SIBLING": (
        "brother sister sibling halfbrother halfsister halfsibling brotherhalf sisterhalf siblinghalf "
        "olderbrother oldersister oldersibling"
    ),
    "AUNT_UNCLE": "aunt uncle auntie",
    "COUSIN": "cousin firstcousin 1stcousin secondcousin 2ndcousin thirdcousin distantcousin cousinonceremoved",
    "OTHER_RELATIVE": (
        "otherrelative distantrelative otherdistantrelative relative otherfamilymember familymember extendedfamily "
        "brotherinlaw sisterinlaw motherinlaw fatherinlaw auntinlaw uncleinlaw cousininlaw siblinginlaw "
        "stepbrother stepsister stepsibling stepgrandmother stepgrandfather stepgrandparent stepaunt stepuncle "
        "greataunt greatuncle grandaunt granduncle greatgrandmother greatgrandfather greatgrandparent "
        "nephew niece spouse husband wife"
    ),
    "FAMILY_FRIEND": "familyfriend friendoffamily friendofthefamily friend familyacquaintance",
    "UNRELATED": (
        "unrelated unrelatedsponsor unrelatedadult unrelatedindividual unrelatedadultindividual unrelatedperson "
        "nonrelative nonrelated notrelated norelation"
    ),
}

RELATIONSHIPS = {name: value for value, names in _CALLED.items() for name in names.split()}
