"""Writes made-up files in the layouts of the published ones, with the faults of the real ones planted and counted."""
