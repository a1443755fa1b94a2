"""Lines of addresses, cut into their parts: what is before the street, the street, its units, the city, state and ZIP.

Commas and columns say where a part ends. Where they do not, `usaddress` tells: it has learned from labelled addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import usaddress

from graph.text import fold
from seed.files.addresses.kinds import kind_of, says_nothing
from seed.files.addresses.states import STATE_NAMES, STATES, fits
from seed.files.addresses.streets import SUFFIXES, house_number, numbered_road
from seed.files.addresses.units import identifier, take_units
from seed.files.values import is_blank, narrow, read_zip

_HALVES = str.maketrans(
    {"\u00bd": " 1/2", "\u00bc": " 1/4", "\u00be": " 3/4", "\u2044": "/", "\u00ba": "", "\u00aa": ""}
)
_BREAKS = re.compile(r"[\r\n\v\f\u2028\u2029;|\t]+")
_CUTS = re.compile(r",| - |\(|\)")
_MARKS = re.compile(r"(?<!\d)\.|\.(?!\d)|[\"\u201c\u201d*]|(?<!\w)'|'(?!\w)|(?<![A-Z0-9])/(?![A-Z0-9])|:")
_OURS = re.compile(r"[\s,]+(?:USA|UNITED STATES(?: OF AMERICA)?|EE ?UU|ESTADOS UNIDOS|(?<=\d )US)$")
_ZIP = re.compile(r"(?:^|[\s,]+)(\d{5}(?:-? ?\d{4}|-)?|\d{4})$")
_NOT_BEFORE_ZIP = re.compile(
    r"(?:#|(?<!\w)(?:BOX|NO|APT|UNIT|STE|SUITE|LOT|HWY|HIGHWAY|ROUTE|RTE|RT|FM|CR|SR|ROAD|RD))$"
)
_GLUED = re.compile(r"(?<![A-Z])([A-Z]{2})(\d{5}(?:-\d{4})?)$")
_CARE = re.compile(r"(?:C/ ?O|%|CARE OF|ATTN|ATTENTION|A/C(?: DE)?|AL CUIDADO DE)(?!\w)")
_ABROAD = re.compile(
    "guatemala|honduras|elsalvador|mexico|nicaragua|ecuador|colombia|canada|bra[sz]il|peru|venezuela|haiti|cuba|chile"
    "|costarica|panama|bolivia|argentina|dominicanrepublic|republicadominicana|belize|spain|espana|india|china"
)
_BEFORE_NUMBER = frozenset(("CALLE", "AVENIDA", "AVE", "CARR", "CARRETERA", "PASEO"))
"""Types of streets in Spanish, behind whose name the house number may stand."""
_LONGEST_CITY = 4
_DIAGONALS = frozenset(("NE", "NW", "SE", "SW", "NORTHEAST", "NORTHWEST", "SOUTHEAST", "SOUTHWEST"))
_TWO_WAYS = frozenset(("newyork", "washington"))
"""Names of states that are names of cities as well."""


@dataclass(slots=True)
class Line:
    """The parts of a line, in capitals: texts are empty where there is none."""

    street: list[str] = field(default_factory=list)
    numbers: int = 0
    units: list[str] = field(default_factory=list)
    city: str = ""
    state: str = ""
    code: str = ""
    others: list[str] = field(default_factory=list)
    abroad: bool = False


def tidy(text: str) -> str:
    """Return a text on one line, in capitals, with plain signs and single spaces, and without what marks nothing."""
    text = narrow(_BREAKS.sub(", ", text.translate(_HALVES))).upper()
    return " ".join(_MARKS.sub(" ", _keep_initials(text)).replace("#", " #").replace("# ", "#").split()).strip(" ,-/")


def cut_line(text: str, *, city: str, state: str, code: str) -> Line:
    """Cut a tidied line into its parts; `city`, `state` and `code` are those that are known from elsewhere."""
    line = Line()
    text = _cut_end(text, line, city=city, state=state, code=code)
    segments = [one for one in (_without_care(part.strip(" -")) for part in _CUTS.split(text)) if one]
    segments = [one for one in segments if not is_blank(one) and (len(one) < 3 or not says_nothing(one))]
    if city and segments:
        segments = _without_city(segments, city)
    joined = list(_joined(segments))
    place = next((place for place, words in enumerate(joined) if house_number(words)), None)
    if place is None:
        place = _labelled(joined, line)
    if place is None:
        place = next((place for place, words in enumerate(joined) if len(words) > 1 and numbered_road(words)), None)
    if place is None:
        _take_nameless(joined, line, cities=not city)
        return line
    for words in joined[:place]:
        left, units = take_units(words)
        line.units += units
        line.others.append(" ".join(left))
    _take_rest(joined[place + 1 :], line, cities=not city)
    line.numbers = house_number(joined[place])
    line.street, units = take_units(joined[place], first=line.numbers + 1)
    line.units = units + line.units
    if not city and not line.city:
        line.street = _take_city(line.street, line, state=line.state or state, code=line.code or code)
    line.street, line.others = _without_kind(line), [one for one in line.others if one]
    return line


def _keep_initials(text: str) -> str:
    """Join initials with dots, such as `N.W.` and `U.S.`, which are one word."""
    return re.sub(r"(?<!\w)(?:\w\.){2,}", lambda found: found[0].replace(".", "") + " ", text)


def _cut_end(text: str, line: Line, *, city: str, state: str, code: str) -> str:
    """Take country, ZIP code and state from the end of a line."""
    text = _GLUED.sub(r"\1 \2", _OURS.sub("", text))
    found = _ZIP.search(text)
    if found and (found.start() or not state) and not _NOT_BEFORE_ZIP.search(text[: found.start()].rstrip(" ,")):
        given, before = read_zip(found[1])[0] or "", text[: found.start()].rstrip(" ,")
        short = len(found[1]) == 4
        if given and (not short or _ends_in_state(before, given)) and (given == code or not code or " " in before):
            line.code, text = given, before
    for count in (3, 2, 1):
        words = text.replace(",", " , ").split()
        last = words[-count:]
        if len(last) < count or "," in last or len(words) <= count:
            continue
        before = text[: len(text) - len(" ".join(last))].rstrip()
        name = " ".join(last)
        found_state = name if name in STATES else STATE_NAMES.get(fold(name), "") if len(name) > 2 else ""
        if not found_state or before.isdecimal():
            continue
        marked = bool(line.code) or before.endswith(",") or (not city and _told([*words[:-count], name]))
        if _is_state(name, marked=marked, listed="," in before.rstrip(","), known=state):
            line.state, text = found_state, before.rstrip(" ,")
            break
    last_segment = text.split(",")[-1]
    ends = [last_segment, *([] if city else text.split()[-1:])]
    foreign = any(_ABROAD.fullmatch(fold(one)) for one in ends)
    line.abroad = foreign and not (line.state or line.code or state or code)
    return text


def _ends_in_state(text: str, code: str) -> bool:
    word = text.replace(",", " ").split()[-1:]
    return bool(word) and word[0] in STATES and fits(code, word[0])


def _is_state(name: str, *, marked: bool, listed: bool, known: str) -> bool:
    """Tell whether the last words of a line are its state; `Ct`, `La` and `Pr` are types of streets as well."""
    if name in STATES:
        return marked or name == known or (listed and name not in SUFFIXES)
    return marked and (listed or fold(name) not in _TWO_WAYS)


def _told(words: Sequence[str]) -> bool:
    """Tell whether the last of these is a state: a code that `usaddress` takes for one, a name behind a street."""
    *before, last = [word for word in words if word != ","]
    if last in STATES:
        return _labels([*before, last])[-1:] == [(last, "StateName")]
    return house_number(before) > 0 and any(word in SUFFIXES for word in before[2:-1])


def _without_care(segment: str) -> str:
    """Leave out in whose care somebody is: names do not belong to an address."""
    if not _CARE.match(segment):
        return segment
    words = segment.split()
    place = next((place for place in range(1, len(words)) if house_number(words[place:])), len(words))
    return " ".join(words[place:])


def _without_city(segments: Sequence[str], city: str) -> list[str]:
    """Leave out a city that a column gives as well."""
    *before, last = segments
    words, wanted = last.split(), city.split()
    same = fold(" ".join(words[-len(wanted) :])) == fold(city)
    if same and (before or len(words) > len(wanted) + 1) and not _CARE.match(last):
        last = " ".join(words[: -len(wanted)])
    return [*before, last] if last else before


def _joined(segments: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words of segments; a house number that stands alone belongs to what follows it."""
    pending: list[str] = []
    for place, segment in enumerate(segments):
        words = segment.split()
        marked = len(words) > 1 and words[0].startswith("#") and words[0][1:].isdigit()
        if marked and place == 0 and not house_number(words[1:]):
            words[0] = words[0][1:]
        if words[0] in _BEFORE_NUMBER and len(words) > 2 and words[-1][:1] == "#" and words[-1][1:].isdigit():
            words = [words[-1][1:], *words[:-1]]
        words = pending + words
        pending = []
        if len(words) == 1 and house_number(words) and place + 1 < len(segments) and words[0].isdigit():
            follows = segments[place + 1].split()
            if not house_number(follows):
                pending = words
                continue
        yield words


def _labelled(joined: list[list[str]], line: Line) -> int | None:
    """Find the segment with a house number behind other words, cut these, and return its place."""
    for place, words in enumerate(joined):
        if not any(c.isdigit() for c in " ".join(words)):
            continue
        starts = [at for at, (_, label) in enumerate(_labels(words)) if label == "AddressNumber"]
        starts += [at for at in range(1, len(words) - 1) if not take_units(words[:at])[0]]
        starts += [at for at in range(1, len(words)) if any(word in SUFFIXES or word == "CALLE" for word in words[at:])]
        starts = [at for at in starts if 0 < at < len(words) - 1 and take_units(words[at - 1 : at + 1])[0]]
        at = next((at for at in starts if house_number(words[at:])), None)
        if at is not None:
            left, units = take_units(words[:at])
            line.units += units
            line.others.append(" ".join(left))
            joined[place] = words[at:]
            return place
    return None


def _labels(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words with the labels that `usaddress` gives them, if it splits the text into the same words."""
    plain = [word.lstrip("#") for word in words]
    found = usaddress.parse(" ".join(plain))
    return found if [word for word, _ in found] == plain else []


def _without_kind(line: Line) -> list[str]:
    """Move a hotel or shop behind a street, which no comma divides from it, to the other words."""
    for place in range(line.numbers + 2, len(line.street)):
        if line.street[place - 1] in SUFFIXES and kind_of(behind := " ".join(line.street[place:])):
            line.others.append(behind)
            return line.street[:place]
    return line.street


def _take_nameless(joined: Sequence[list[str]], line: Line, *, cities: bool) -> None:
    """Keep a line without a house number: its first segment, units, and the city where one follows."""
    if not joined:
        return
    first = joined[0]
    placed = cities and len(joined) == 1 and (line.state or line.code) and len(first) <= _LONGEST_CITY
    if placed and first[-1] not in SUFFIXES and not any(c.isdigit() for c in "".join(first)):
        line.city = " ".join(first)
        return
    line.street, line.units = take_units(joined[0], first=1)
    _take_rest(joined[1:], line, cities=cities)


def _take_rest(segments: Sequence[list[str]], line: Line, *, cities: bool) -> None:
    """Take units, the city and other words from the segments behind the street."""
    left = []
    for words in segments:
        alone = identifier(words[0]) if len(words) == 1 else ""
        rest, units = ([], [alone]) if alone else take_units(words)
        line.units += units
        if len(rest) > 1 and rest[-1][-1:].isdigit() and not kind_of(" ".join(rest)) and (last := identifier(rest[-1])):
            line.units.append(last)
            rest = rest[:-1]
        if rest:
            left.append(" ".join(rest))
    if cities and left and not any(c.isdigit() for c in left[-1]):
        line.city = left.pop()
    line.others += left


def _take_city(words: list[str], line: Line, *, state: str, code: str) -> list[str]:
    """Take the city from the end of a segment that no comma divides; `usaddress` tells where it begins."""
    end = [part for part in (state, code) if part]
    if not end:
        return words
    labels = _labels([*words, *end])
    at = len(words)
    while at > 0 and labels and labels[at - 1][1] == "PlaceName":
        at -= 1
    if at < len(words) and (words[at] in _DIAGONALS or (at + 1 == len(words) and words[at] in SUFFIXES)):
        at += 1
    if (labels and at > house_number(words) + 1) or (at > 1 and labels and not house_number(words)):
        line.city = " ".join(words[at:])
        return words[:at]
    return words
