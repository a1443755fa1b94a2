"""Hubs: what so much is linked to that a link by it says little; they are read and shown, but not walked through."""

from __future__ import annotations

HUB_LABELS = ("Agency", "PostalArea", "Source")
"""Labels whose nodes are hubs, however few links they have."""
HUB_LINKS = 100
"""A node with more links than this is a hub: a shelter's address, the telephone of a switchboard."""
