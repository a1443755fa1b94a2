"""Readers of addresses: their parts in one normal form, and what sort of place each names."""

from seed.files.addresses.reading import ReadAddress, read_address

__all__ = ["ReadAddress", "read_address"]
