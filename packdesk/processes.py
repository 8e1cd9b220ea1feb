"""Processes of our own beside a window or a command."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from packdesk.programs import trust_no_folder

if TYPE_CHECKING:
    from multiprocessing.context import SpawnContext


def own_processes() -> SpawnContext:
    """Where processes, and what they share, are made: each is begun anew.

    Forking a process that has threads and a window open is not safe.
    """
    trust_no_folder()  # else Python starts with the current folder before its own libraries
    return multiprocessing.get_context("spawn")
