"""Telemetry: metrics, log lines and traces of each request, without personal data."""

from api.telemetry.observing import (
    CLIENT_GONE,
    ROUTE,
    Observation,
    Telemetry,
    observed,
)

__all__ = ["CLIENT_GONE", "ROUTE", "Observation", "Telemetry", "observed"]
