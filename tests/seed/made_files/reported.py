"""How importers report each kind of fault: at which column, and in which words."""

from __future__ import annotations

from collections.abc import Mapping

Said = tuple[str, str]
_FIELDS = {
    "missing_fields": ("", "too few fields"),
    "shifted_columns": ("", "too many fields"),
    "unquoted_delimiter": ("", "too many fields"),
    "unquoted_line_break": ("", "too few fields"),
}
_CSV: Mapping[str, Said] = {
    **_FIELDS,
    "unclosed_quotation_mark": ("", "a quotation mark is not closed"),
    "truncated_last_line": ("", "the file ends in the middle of this row"),
}
_DUMP: Mapping[str, Said] = {
    **_FIELDS,
    "truncated_last_line": ("", "too few fields"),
}
_NO_DAY, _OLD, _AHEAD = "is not a day of the calendar", "lies before 1990", "lies in the future"
_CODE = "is not a code that is known here"

REPORTED: Mapping[str, Mapping[str, Said]] = {
    "hhs-releases.csv": {
        **_CSV,
        "day_that_does_not_exist": ("Child's Date of Release", _NO_DAY),
        "day_before_1990": ("Child's Date of Entry", _OLD),
        "day_in_the_future": ("Child's Date of Release", _AHEAD),
        "text_for_a_day": ("Child's Date of Entry", "is not a date"),
        "text_for_a_zip_code": ("Sponsor Zipcode", "is not a ZIP code"),
        "unknown_category": ("Sponsor Category", "is not a sponsor category"),
        "unknown_relationship": ("Relationship of Sponsor", "is not a relationship"),
        "unknown_sex": ("Child's Gender", "is not a sex"),
        "blank_id": ("ID", "is blank"),
        "text_for_an_id": ("ID", "is not a record number"),
        "relationship_as_category": ("Sponsor Category", "is a relationship and no category"),
        "entry_after_release": ("Child's Date of Release", "is before the date of entry"),
        "repeated_row": ("", "the row repeats row"),
    },
    "whd.csv": {
        **_CSV,
        "text_for_a_zip_code": ("zip_cd", "is not a ZIP code"),
        "day_that_does_not_exist": ("findings_end_date", _NO_DAY),
        "day_in_the_future": ("findings_start_date", _AHEAD),
        "day_before_1990": ("findings_start_date", _OLD),
        "text_for_a_state": ("st_cd", "is not a state of the United States"),
        "text_for_an_industry": ("naic_cd", "is not a NAICS code"),
        "negative_count": ("flsa_cl_minor_cnt", "is not a whole number"),
        "text_for_an_amount": ("flsa_cl_cmp_assd_amt", "is not an amount"),
        "unknown_mark": ("flsa_repeat_violator", "is not a mark of a repeated violator"),
        "blank_id": ("case_id", "is blank"),
        "text_for_an_id": ("case_id", "is not the number of a case"),
        "nameless_employer": ("trade_nm", "names no employer"),
        "repeated_row": ("", "the row repeats row"),
        "contradicted_row": ("", "says something else of the same record"),
    },
    "eoir/tbl_JuvenileHistory.csv": _DUMP,
    "eoir/A_TblCase.csv": {
        **_DUMP,
        "repeated_row": ("", "the row repeats row"),
        "contradicted_row": ("", "says something else of the same record"),
        "day_before_1990": ("DATE_OF_ENTRY", _OLD),
        "day_that_does_not_exist": ("E_28_DATE", _NO_DAY),
        "unknown_sex": ("Sex", _CODE),
        "unknown_country": ("NAT", _CODE),
        "text_for_a_zip_code": ("ALIEN_ZIPCODE", "is not a ZIP code"),
    },
    "eoir/B_TblProceeding.csv": {
        **_DUMP,
        "repeated_row": ("IDNPROCEEDING", "repeats it"),
        "contradicted_row": ("IDNPROCEEDING", "says something else"),
        "day_before_1990": ("OSC_DATE", _OLD),
        "day_that_does_not_exist": ("INPUT_DATE", _NO_DAY),
        "day_in_the_future": ("COMP_DATE", _AHEAD),
        "unknown_decision": ("DEC_CODE", _CODE),
    },
    "eoir/tbl_schedule.csv": {
        **_DUMP,
        "repeated_row": ("IDNSCHEDULE", "repeats it"),
        "contradicted_row": ("IDNSCHEDULE", "says something else"),
        "day_before_1990": ("ADJ_DATE", _OLD),
        "day_in_the_future": ("ADJ_DATE", _AHEAD),
        "unknown_kind": ("CAL_TYPE", _CODE),
        "text_for_an_id": ("IDNSCHEDULE", "is not the number of a hearing"),
        "unknown_proceeding": ("IDNPROCEEDING", "is no proceeding of the case"),
    },
}
