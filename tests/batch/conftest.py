"""One base design for all tests of ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.forks import FORKS
from support.ranges import base_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def base(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_file(tmp_path_factory.mktemp("base"))


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that make rows are forked: they are polite, and importing took them longest."""
    for module in ("crew", "team.worker"):
        monkeypatch.setattr(f"packdesk.batch.{module}.own_processes", lambda: FORKS)
