"""Running a service call from a command, with what it needs around it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from packdesk.app.core import open_services
from packdesk.app.display import painting
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from packdesk.services.bundle import Services

T = TypeVar("T")


def run_service(work: Callable[[Services], Coroutine[Any, Any, T]]) -> T:
    """Open the services the settings describe, run one call to its end, close them."""
    with open_services(read_settings()) as services:
        return asyncio.run(work(services))


def run_painting(work: Callable[[Services], Coroutine[Any, Any, T]]) -> T:
    """As `run_service`, for calls that paint pictures; needs no display."""
    with painting():
        return run_service(work)
