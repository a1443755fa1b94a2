"""The importer of the HHS releases: one published CSV of children released to sponsors, without names."""
