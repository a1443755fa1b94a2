"""The importer of the HHS releases: one published CSV of children released to sponsors, without names."""

from seed.hhs_releases.importing import check_hhs_releases, import_hhs_releases
from seed.hhs_releases.summary import DuplicatedId, ImportSummary, Tally

__all__ = ["DuplicatedId", "ImportSummary", "Tally", "check_hhs_releases", "import_hhs_releases"]
