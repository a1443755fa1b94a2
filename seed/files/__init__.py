"""What file importers share: reading lines, and rejecting rows for a person to correct."""
