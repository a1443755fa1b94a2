"""Data in: the synthetic generator, importers for published files, and bulk loading."""
