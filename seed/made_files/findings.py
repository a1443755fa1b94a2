"""Writes the made-up compliance actions of the Labor Department, most of which found no child labor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from graph.text import fold
from seed.made_files.answers import Finding, NearEmployers
from seed.made_files.faults import (
    Effect,
    Fault,
    Spoil,
    Values,
    blank_line,
    contradicted_row,
    missing_fields,
    nul_byte,
    repeated_row,
    rewritten,
    shifted_columns,
    trailing_delimiters,
    unclosed_quotation_mark,
    unquoted_delimiter,
    unquoted_line_break,
    windows_1252,
    written_as,
)
from seed.made_files.forms import Form
from seed.made_files.lines import LineFile
from seed.made_files.rows import BlockRows, Node

FILE = "whd.csv"
COLUMNS = (
    *("case_id", "trade_nm", "legal_name", "street_addr_1_txt", "cty_nm", "st_cd", "zip_cd", "naic_cd"),
    *("naics_code_description", "case_violtn_cnt", "cmp_assd_cnt", "ee_violtd_cnt", "bw_atp_amt", "ee_atp_cnt"),
    *("findings_start_date", "findings_end_date", "flsa_violtn_cnt", "flsa_repeat_violator", "flsa_bw_atp_amt"),
    *("flsa_ee_atp_cnt", "flsa_mw_bw_atp_amt", "flsa_ot_bw_atp_amt", "flsa_15a3_bw_atp_amt", "flsa_cmp_assd_amt"),
    *("sca_violtn_cnt", "sca_bw_atp_amt", "sca_ee_atp_cnt", "mspa_violtn_cnt", "mspa_bw_atp_amt", "mspa_ee_atp_cnt"),
    *("fmla_violtn_cnt", "fmla_bw_atp_amt", "fmla_ee_atp_cnt", "flsa_cl_violtn_cnt", "flsa_cl_minor_cnt"),
    *("flsa_cl_cmp_assd_amt", "ld_dt"),
)
_EACH = 2
"""Of the first findings every second has a fault, as there are few."""
OTHERS_PER_CHILD = 0.75
"""Actions without child labor for each child of the graph: about 336,000 for the whole country."""


def _nameless() -> Fault:
    spoil: Spoil = lambda form, values: form.line({**values, "trade_nm": "", "legal_name": ""})  # noqa: E731
    return Fault("nameless_employer", Effect.ROW, spoil, "trade_nm")


FAULTS: tuple[Fault, ...] = (
    written_as("text_for_a_zip_code", "zip_cd", "nowhere"),
    written_as("day_that_does_not_exist", "findings_end_date", "02/30/2023"),
    written_as("day_in_the_future", "findings_start_date", "2925-01-01"),
    written_as("day_before_1990", "findings_start_date", "1900-01-01"),
    written_as("text_for_a_state", "st_cd", "see notes"),
    written_as("text_for_an_industry", "naic_cd", "n.e.c."),
    written_as("negative_count", "flsa_cl_minor_cnt", "-2"),
    written_as("text_for_an_amount", "flsa_cl_cmp_assd_amt", "see file"),
    written_as("unknown_mark", "flsa_repeat_violator", "Z", applies=lambda _: True),
    written_as("blank_id", "case_id", "", Effect.ROW),
    written_as("text_for_an_id", "case_id", "pending", Effect.ROW),
    _nameless(),
    missing_fields(),
    shifted_columns(),
    unquoted_delimiter("trade_nm"),
    unquoted_line_break("trade_nm"),
    unclosed_quotation_mark("trade_nm"),
    repeated_row(),
    contradicted_row("flsa_cl_violtn_cnt", "99"),
    rewritten("number_with_a_point", "case_id", lambda text: f"{text}.0"),
    rewritten("thousands_separators", "flsa_cl_cmp_assd_amt", lambda text: f"${float(text):,.2f}"),
    rewritten("zip_plus_four", "zip_cd", lambda text: f"{text}-1234"),
    nul_byte("cty_nm"),
    windows_1252("cty_nm"),
    trailing_delimiters(),
    blank_line(),
)


class Findings:
    """Writes the employers of the world, cited or not, and others; collects what they add to an answer."""

    def __init__(self, folder: Path, near: NearEmployers, *, rate: float, seed: int) -> None:
        self._rng = rng = Random(f"{seed}/whd")
        self._near = near
        self._next = 1_400_001
        columns = (*rng.sample(COLUMNS[:-1], len(COLUMNS) - 1), COLUMNS[-1]) if rate else COLUMNS
        names = tuple(name.upper() for name in columns) if rate else columns
        self.file = LineFile(folder / FILE, Form(columns, ",", names=names), FAULTS, rate=rate, rng=rng, each=_EACH)

    def write(self, world: BlockRows, *, others: int) -> None:
        """Write a row for each violation and each employer without any, and `others` between them."""
        if self.file.faulty:
            self.file.note("header_in_capitals", Effect.NONE, [1])
            self.file.note("columns_in_another_order", Effect.NONE, [1])
        rows = list(self._rows(world))
        each = others // len(rows) if rows else 0
        for values, found in rows:
            for _ in range(each):
                self.file.add(self._other(), sound=True)
            # In rows that are passed over nobody looks for faults.
            left = self.file.add({"case_id": str(self._number()), **values}, sound=found is None)
            if left and found:
                self._cite(left, found)
        self.file.end()

    def _rows(self, world: BlockRows) -> Iterator[tuple[dict[str, str], Node | None]]:
        addresses, violations = world.nodes("Address"), world.nodes("LaborViolation")
        for key, employer in world.nodes("Employer").items():
            [at] = world.ends("LOCATED_AT", "Employer", key)
            given = _of_employer(employer, addresses[at])
            cited = [violations[one] for one in world.ends("CITED_FOR", "Employer", key)]
            for violation in cited:
                yield given | _of_violation(violation), violation
            if not cited:
                yield given | self._nothing(), None

    def _cite(self, left: Values, found: Node) -> None:
        if left["zip_cd"] and left["findings_end_date"] and left["flsa_cl_minor_cnt"]:
            employer = "|".join((fold(left["trade_nm"]), left["zip_cd"], left["st_cd"]))
            self._near.cite(left["zip_cd"], Finding(employer, found["foundOn"], found["minorsAffected"]))

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _other(self) -> dict[str, str]:
        number = self._number()
        return {
            "case_id": str(number),
            "trade_nm": f"Example Company {number} (fictitious)",
            "legal_name": f"Example Company {number} LLC (fictitious)",
            "street_addr_1_txt": f"{number % 9_000 + 1} Example St",
            "cty_nm": "Springfield",
            "st_cd": "IL",
            "zip_cd": "62701",
            "naic_cd": "722511",
            **self._nothing(),
        }

    def _nothing(self) -> dict[str, str]:
        """Return what an action says that found no child labor."""
        year = self._rng.randint(2005, 2023)
        violations = self._rng.randint(0, 40)
        return {
            "case_violtn_cnt": str(violations),
            "flsa_violtn_cnt": str(violations),
            "flsa_bw_atp_amt": f"{violations * 310.5:.2f}",
            "findings_start_date": f"{year - 2}-03-01",
            "findings_end_date": f"{year}-02-28",
            "flsa_cl_violtn_cnt": "0",
            "flsa_cl_minor_cnt": "0",
            "flsa_cl_cmp_assd_amt": "0.00",
            "ld_dt": "2024-05-01",
        }


def _of_employer(employer: Node, address: Node) -> dict[str, str]:
    return {
        "trade_nm": employer["name"],
        "legal_name": employer["name"].replace(" (fictitious)", " LLC (fictitious)"),
        "street_addr_1_txt": address["street"],
        "cty_nm": address["city"],
        "st_cd": address["state"],
        "zip_cd": address["postalCode"],
        "naic_cd": employer["industryCode"],
    }


def _of_violation(violation: Mapping[str, Any]) -> dict[str, str]:
    return {
        "case_violtn_cnt": str(violation["violations"]),
        "findings_start_date": violation["investigatedFrom"].isoformat(),
        "findings_end_date": violation["foundOn"].isoformat(),
        "flsa_repeat_violator": "R" if violation["repeated"] else "",
        "flsa_cl_violtn_cnt": str(violation["violations"]),
        "flsa_cl_minor_cnt": str(violation["minorsAffected"]),
        "flsa_cl_cmp_assd_amt": f"{violation['penalty']:.2f}",
        "ld_dt": "2024-05-01",
    }
