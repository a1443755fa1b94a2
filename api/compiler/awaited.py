"""What a program waits for in addition to its statement: values that are found first, and the effect of a mutation.

Each is a `ValueSource`: the statement and the response read what was found like any other value. Whoever runs programs
runs all of these alike, without knowing them by name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from api.access.policy import Actor
from api.compiler.parameters import Request
from graph.store import Store

Service = TypeVar("Service")


class Services:
    """What prefetches and effects work with, by type; the process has one of each."""

    def __init__(self, *services: object) -> None:
        self._services: Mapping[type, object] = {type(service): service for service in services}

    def of(self, kind: type[Service]) -> Service:
        """Return the service with that type; raises `KeyError` if there is none."""
        return cast(Service, self._services[kind])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a request is answered with: the store, the process's services, the actor, and the bookmarks to wait for."""

    store: Store
    services: Services
    actor: Actor
    bookmarks: Sequence[str] = ()


class Awaited:
    """A value that is known once something was awaited; `blank` is used instead while the other values are checked."""

    blank: object = None

    def value(self, request: Request) -> object:
        """Return what was found."""
        return request.found[self]


class Prefetch(Awaited, ABC):
    """A value that is found before the statement runs."""

    @abstractmethod
    async def find(self, request: Request, surroundings: Surroundings) -> object:
        """Return the value; raises `SightlineError`."""


class Effect(Awaited, ABC):
    """What a mutation does before its payload is read; its value is the result."""

    @abstractmethod
    async def carry_out(self, request: Request, surroundings: Surroundings) -> object:
        """Carry it out in one transaction, and return the result; raises `SightlineError`."""
