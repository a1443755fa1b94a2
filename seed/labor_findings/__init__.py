"""Imports the Labor Department's wage and hour compliance actions: employers that were cited for child labor."""

from seed.labor_findings.actions import LABOR_FINDINGS

__all__ = ["LABOR_FINDINGS"]
