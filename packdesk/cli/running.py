"""Running a service call from a command, with what it needs around it."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

from packdesk.app.core import open_services
from packdesk.app.display import painting
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from packdesk.services.container import Services

T = TypeVar("T")


def run_service(work: Callable[[Services], Coroutine[Any, Any, T]], **settings: object) -> T:
    """Open the services the settings describe, run one call to its end, close them.

    Args:
        work: the call.
        settings: what options of the command line say; those that are None leave the setting as it is.
    """
    with open_services(read_settings(**settings)) as services:
        return asyncio.run(_closing(services, work))


def run_painting(work: Callable[[Services], Coroutine[Any, Any, T]], **settings: object) -> T:
    """As `run_service`, for calls that paint pictures; needs no display."""
    with painting():
        return run_service(work, **settings)


async def _closing(services: Services, work: Callable[[Services], Coroutine[Any, Any, T]]) -> T:
    async with aclosing(services):
        return await work(services)
