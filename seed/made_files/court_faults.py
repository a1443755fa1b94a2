"""The faults of the courts' dump, by table."""

from __future__ import annotations

from seed.made_files.faults import (
    Effect,
    Fault,
    contradicted_row,
    missing_fields,
    nul_byte,
    repeated_row,
    rewritten,
    shifted_columns,
    trailing_delimiters,
    unquoted_delimiter,
    unquoted_line_break,
    windows_1252,
    written_as,
)

FIRST = "first"
"""What is set among the values of a case's first proceeding, and is no column: only of it two days are read."""
NOWHERE = "999999999999"
_LONG_AGO, _FAR_AHEAD = "1900-01-01 00:00:00.000", "2925-01-10 00:00:00.000"
_NO_DAY = "2022-02-30 00:00:00.000"

ANYWHERE: tuple[Fault, ...] = (missing_fields(), shifted_columns(), trailing_delimiters())
"""Faults that a row of any table can have."""

JUVENILE_FAULTS: tuple[Fault, ...] = (*ANYWHERE, nul_byte("DATCREATEDON"))
CASE_FAULTS: tuple[Fault, ...] = (
    *ANYWHERE,
    unquoted_delimiter("ALIEN_CITY"),
    unquoted_line_break("ALIEN_CITY"),
    repeated_row(),
    contradicted_row("Sex", "M"),
    written_as("day_before_1990", "DATE_OF_ENTRY", _LONG_AGO),
    written_as("day_that_does_not_exist", "E_28_DATE", _NO_DAY),
    written_as("unknown_sex", "Sex", "Z"),
    written_as("unknown_country", "NAT", "??"),
    written_as(
        "text_for_a_zip_code",
        "ALIEN_ZIPCODE",
        "ABCDE",
        applies=lambda values: bool(values.get("ALIEN_ZIPCODE")) and not values.get("UPDATED_ZIPCODE"),
    ),
    rewritten("quotation_mark", "LANG", lambda text: f'"{text}'),
    rewritten("blank_padding", "ALIEN_CITY", lambda text: f"{text}        "),
    nul_byte("ALIEN_CITY"),
    windows_1252("ALIEN_CITY"),
)
PROCEEDING_FAULTS: tuple[Fault, ...] = (
    *ANYWHERE,
    unquoted_line_break("BASE_CITY_CODE"),
    repeated_row(),
    contradicted_row("OSC_DATE", "2001-01-01 00:00:00.000"),
    written_as("day_before_1990", "OSC_DATE", _LONG_AGO, applies=lambda values: FIRST in values),
    written_as("day_that_does_not_exist", "INPUT_DATE", _NO_DAY, applies=lambda values: FIRST in values),
    written_as("day_in_the_future", "COMP_DATE", _FAR_AHEAD),
    written_as("unknown_decision", "DEC_CODE", "?"),
    nul_byte("OSC_DATE"),
)
HEARING_FAULTS: tuple[Fault, ...] = (
    *ANYWHERE,
    unquoted_line_break("SCHEDULE_TYPE"),
    repeated_row(),
    contradicted_row("CAL_TYPE", "I"),
    written_as("day_before_1990", "ADJ_DATE", _LONG_AGO),
    written_as("day_in_the_future", "ADJ_DATE", _FAR_AHEAD),
    written_as("unknown_kind", "CAL_TYPE", "Q"),
    written_as("text_for_an_id", "IDNSCHEDULE", "x", Effect.ROW),
    written_as("unknown_proceeding", "IDNPROCEEDING", NOWHERE),
    rewritten("blank_padding", "CAL_TYPE", lambda text: f"{text}   "),
    nul_byte("ADJ_RSN"),
)
