"""Counts and durations of this service, for Prometheus; they contain nothing of what was asked or answered.

The workers of a service share a folder of numbers (the client library's multiprocess mode, which the parent turns on
with `PROMETHEUS_MULTIPROC_DIR`), so any of them can answer for all.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.responses import Response

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_REQUEST_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_COMPILE_BUCKETS = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)


class Metrics:
    """The metrics of one application; every label has a small, fixed set of values."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "sightline_requests",
            "Requests answered, by route and by the error code of the answer (OK: none).",
            ("route", "code"),
            registry=self._registry,
        )
        self._durations = Histogram(
            "sightline_request_seconds",
            "Time from a request's headers to the end of its answer.",
            ("route",),
            buckets=_REQUEST_BUCKETS,
            registry=self._registry,
        )
        self._programs = Counter(
            "sightline_programs",
            "Operations whose compiled program was remembered (hit) or had to be made (miss).",
            ("cache",),
            registry=self._registry,
        )
        self.compile_seconds = Histogram(
            "sightline_compile_seconds",
            "Time to compile an operation into a statement.",
            buckets=_COMPILE_BUCKETS,
            registry=self._registry,
        )
        self.statement_seconds = Histogram(
            "sightline_statement_seconds",
            "Time that a statement took in the database, with the way there and back.",
            buckets=_REQUEST_BUCKETS,
            registry=self._registry,
        )
        self.program_hit = self._programs.labels("hit")
        self.program_miss = self._programs.labels("miss")
        self._counters: dict[tuple[str, str], Counter] = {}
        self._histograms: dict[str, Histogram] = {}

    def answered(self, route: str, code: str, seconds: float) -> None:
        """Count one request."""
        key = (route, code)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = self._requests.labels(route, code)
            self._histograms[route] = self._durations.labels(route)
        counter.inc()
        self._histograms[route].observe(seconds)

    def text(self) -> bytes:
        """Return all metrics in Prometheus's text format, including those of the other workers."""
        folder = os.environ.get(SHARED_FOLDER)
        if folder is None:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together, path=folder)  # type: ignore[no-untyped-call]
        return generate_latest(together)

    def response(self) -> Response:
        """Return the metrics as an HTTP response."""
        return Response(self.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)
