"""The layouts of single files, by the names of the commands that import them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from seed.files.rows import Layout
from seed.hhs_releases.rows import LAYOUT as RELEASES
from seed.labor_findings import LABOR_FINDINGS

LAYOUTS: Mapping[str, Layout] = MappingProxyType({"hhs-releases": RELEASES, "whd": LABOR_FINDINGS.layout})
