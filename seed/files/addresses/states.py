"""States and the ZIP codes that lie in them.

The first three digits of a ZIP code name a processing center of the Postal Service, which serves one state, with few
exceptions (Publication 65 lists them). So a ZIP code that does not fit its state is remarked on, and not refused.
"""

from __future__ import annotations

from scourgify.address_constants import STATE_ABBREVIATIONS

from graph.text import fold

_FIRST_DIGITS = """
AL 350-352 354-369; AK 995-999; AZ 850-853 855-857 859-860 863-865; AR 716-729; AS 967; CA 900-908 910-928 930-961
CO 800-816; CT 060-069; DC 200 202-205 569; DE 197-199; FL 320-339 341-342 344 346-347 349; FM 969; GA 300-319 398-399
GU 969; HI 967-968; IA 500-528; ID 832-838; IL 600-629; IN 460-479; KS 660-679; KY 400-427; LA 700-714; MA 010-027 055
MD 206-219; ME 039-049; MH 969; MI 480-499; MN 550-567; MO 630-658; MP 969; MS 386-397; MT 590-599; NC 270-289
ND 580-588; NE 680-693; NH 030-038; NJ 070-089; NM 870-884; NV 889-898; NY 005 063 100-149; OH 430-459
OK 730-732 734-749; OR 970-979; PA 150-196; PR 006-007 009; PW 969; RI 028-029; SC 290-299; SD 570-577; TN 370-385
TX 733 750-799 885; UT 840-847; VA 201 220-246; VI 008; VT 050-054 056-059; WA 980-994; WI 530-549; WV 247-268
WY 820-831 834; AA 340; AE 090-098; AP 962-966
"""
_OTHERS = {
    "puertorico": "PR",
    "usvirginislands": "VI",
    "virginislands": "VI",
    "americansamoa": "AS",
    "northernmarianaislands": "MP",
    "guam": "GU",
    "nuevayork": "NY",
    "nuevajersey": "NJ",
    "nuevomexico": "NM",
    "carolinadelnorte": "NC",
    "carolinadelsur": "SC",
    "tejas": "TX",
    "luisiana": "LA",
    "pensilvania": "PA",
}
"""States, territories and Spanish names that the library leaves out."""


def _spread(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in text.replace("\n", ";").split(";"):
        state, *spans = entry.split() or [""]
        for span in spans:
            first, _, last = span.partition("-")
            for number in range(int(first), int(last or first) + 1):
                found.setdefault(f"{number:03}", set()).add(state)
    return {digits: frozenset(states) for digits, states in found.items()}


STATES_BY_DIGITS = _spread(_FIRST_DIGITS)
"""The states in which ZIP codes with these first three digits lie."""
STATES = frozenset(state for states in STATES_BY_DIGITS.values() for state in states)
"""The two-letter codes of states, territories and military post offices."""
STATE_NAMES = {fold(name): code for name, code in STATE_ABBREVIATIONS.items()} | _OTHERS
"""The codes by their names and older abbreviations, folded."""


def state_of(text: str) -> str | None:
    """Return the two-letter code of a state, given its code, its name or an older abbreviation: `Tex.` is TX."""
    bare = fold(text)
    return bare.upper() if bare.upper() in STATES else STATE_NAMES.get(bare)


def fits(code: str, state: str) -> bool:
    """Tell whether a five-digit ZIP code lies in a state."""
    return state in STATES_BY_DIGITS.get(code[:3], ())
