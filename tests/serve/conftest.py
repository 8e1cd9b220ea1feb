"""One server for a module: what a test needs it sets itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.server import Served, serving
from support.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "http://localhost:3000"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("served"), PACKDESK_PROVIDER="offline")


@pytest.fixture(scope="module")
def running(shell: Shell) -> Iterator[Served]:
    with serving(shell, "--origin", PAGE) as made:
        yield made


@pytest.fixture
def served(running: Served) -> Served:
    """The module's server with the default design."""
    assert running.post("/packaging/clear").status == 200
    return running
