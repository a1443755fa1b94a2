"""What public files can fill: for each property of a label, and each relationship, the files and their columns.

Everything else is known only from agencies' own records. The files are HHS's releases as obtained under FOIA (HHS),
the immigration courts' public dump (EOIR), and the Labor Department's compliance actions (WHD).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PUBLISHED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Child": {
            "sex": "HHS: Child's Gender; EOIR: Sex",
            "countryOfBirth": "HHS: Child's Country of Origin; EOIR: NAT",
            "enteredOn": "HHS: Child's Date of Entry; EOIR: DATE_OF_ENTRY",
        },
        "Placement": {
            "releasedOn": "HHS: Child's Date of Release; EOIR: C_RELEASE_DATE",
            "sponsorCategory": "HHS: Sponsor Category",
            "relationship": "HHS: Relationship of Sponsor",
        },
        "PostalArea": {
            "postalCode": "HHS: Sponsor Zipcode; EOIR: ALIEN_ZIPCODE, UPDATED_ZIPCODE; WHD: zip_cd",
            "city": "EOIR: ALIEN_CITY, UPDATED_CITY; WHD: cty_nm",
            "state": "EOIR: ALIEN_STATE, UPDATED_STATE; WHD: st_cd",
        },
        "Agency": {"code": "EOIR: BASE_CITY_CODE, HEARING_LOC_CODE"},
        "NoticeToAppear": {"issuedOn": "EOIR: OSC_DATE", "filedOn": "EOIR: INPUT_DATE"},
        "CourtCase": {
            "openedOn": "EOIR: INPUT_DATE",
            "status": "EOIR: DEC_CODE, OTHER_COMP",
            "closedOn": "EOIR: COMP_DATE",
        },
        "Hearing": {
            "scheduledOn": "EOIR: ADJ_DATE",
            "kind": "EOIR: CAL_TYPE",
            "outcome": "EOIR: ADJ_RSN, ABSENTIA",
        },
        "CourtOrder": {
            "kind": "EOIR: DEC_CODE, OTHER_COMP",
            "issuedOn": "EOIR: COMP_DATE",
            "inAbsentia": "EOIR: ABSENTIA",
        },
        "Representation": {"enteredOn": "EOIR: E_28_DATE"},
        "Employer": {"name": "WHD: trade_nm, legal_name", "industryCode": "WHD: naic_cd"},
        "Address": {
            "street": "WHD: street_addr_1_txt",
            "unit": "WHD: street_addr_1_txt",
            "city": "EOIR: ALIEN_CITY, UPDATED_CITY; WHD: cty_nm",
            "state": "EOIR: ALIEN_STATE, UPDATED_STATE; WHD: st_cd",
            "postalCode": "EOIR: ALIEN_ZIPCODE, UPDATED_ZIPCODE; WHD: zip_cd",
            "kind": "WHD: a place of business, if street_addr_1_txt names no box or hotel",
            "asWritten": "WHD: street_addr_1_txt, cty_nm, st_cd, zip_cd",
        },
        "LaborViolation": {
            "foundOn": "WHD: findings_end_date",
            "investigatedFrom": "WHD: findings_start_date",
            "violations": "WHD: flsa_cl_violtn_cnt",
            "repeated": "WHD: flsa_repeat_violator",
            "minorsAffected": "WHD: flsa_cl_minor_cnt",
            "penalty": "WHD: flsa_cl_cmp_assd_amt",
        },
        "Source": {"system": "all", "file": "all", "extractedAt": "all"},
    }
)
"""The properties that public files can fill, by label."""

PUBLISHED_RELATIONSHIPS: Mapping[str, str] = MappingProxyType(
    {
        "(Child)-[:HAS_PLACEMENT]->(Placement)": "HHS: each row; EOIR: C_RELEASE_DATE",
        "(Placement)-[:RELEASED_IN]->(PostalArea)": "HHS: Sponsor Zipcode",
        "(Address)-[:IN_AREA]->(PostalArea)": "EOIR: ALIEN_ZIPCODE, UPDATED_ZIPCODE; WHD: zip_cd",
        "(Child)-[:RESIDES_AT]->(Address)": "EOIR: ALIEN_CITY, ALIEN_STATE, ALIEN_ZIPCODE, UPDATED_CITY, "
        "UPDATED_STATE, UPDATED_ZIPCODE, without a street; `reportedOn`: ADDRESS_CHANGEDON",
        "(Child)-[:HAS_NOTICE]->(NoticeToAppear)": "EOIR: IDNCASE, OSC_DATE",
        "(NoticeToAppear)-[:FILED_IN]->(CourtCase)": "EOIR: IDNCASE, INPUT_DATE",
        "(Child)-[:RESPONDENT_IN]->(CourtCase)": "EOIR: IDNCASE, idnJuvenile",
        "(CourtCase)-[:HAS_HEARING]->(Hearing)": "EOIR: IDNCASE, IDNSCHEDULE",
        "(Hearing)-[:RESULTED_IN]->(CourtOrder)": "EOIR: IDNPROCEEDING, COMP_DATE",
        "(CourtCase)-[:VENUED_AT]->(Agency)": "EOIR: BASE_CITY_CODE",
        "(Hearing)-[:HELD_AT]->(Agency)": "EOIR: HEARING_LOC_CODE",
        "(Child)-[:REPRESENTED_BY]->(Representation)": "EOIR: E_28_DATE",
        "(Representation)-[:IN_CASE]->(CourtCase)": "EOIR: IDNCASE, E_28_DATE",
        "(Employer)-[:LOCATED_AT]->(Address)": "WHD: street_addr_1_txt, cty_nm, st_cd, zip_cd",
        "(Employer)-[:IN_AREA]->(PostalArea)": "WHD: zip_cd",
        "(Employer)-[:CITED_FOR]->(LaborViolation)": "WHD: case_id",
    }
)
"""The relationships that public files can fill, each as the data dictionary writes it."""
