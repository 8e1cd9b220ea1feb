"""What takes long to import is not loaded at the start, and nothing in an order that makes it slower."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SLOW = ("google.genai", "httpx2", "keyring", "tenacity", "typer")


def imported_by(code: str) -> list[str]:
    """Which of the slow ones a fresh interpreter has after running that."""
    tell = f"\nimport json, sys\nprint(json.dumps([name for name in {SLOW} if name in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code + tell], capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_the_window_opens_without_googles_client_the_key_store_and_the_commands() -> None:
    code = """
import packdesk.cli.main, packdesk.cli.window
from pydantic import SecretStr
from packdesk.generation.gemini.provider import GeminiProvider
from packdesk.generation.keys import KeyKeeper
provider = GeminiProvider(KeyKeeper("gemini", SecretStr("AIza")))
provider.estimate([])
"""
    assert imported_by(code) == []


def test_looking_for_a_given_key_does_not_open_googles_client() -> None:
    code = """
import asyncio
from pydantic import SecretStr
from packdesk.generation.gemini.provider import GeminiProvider
from packdesk.generation.keys import KeyKeeper
asyncio.run(GeminiProvider(KeyKeeper("gemini", SecretStr("AIza"))).prepare())
"""
    assert imported_by(code) == []


def test_this_file_would_notice() -> None:
    assert "google.genai" in imported_by("import packdesk.generation.gemini.client")


def test_what_knows_no_qt_is_loaded_before_qt() -> None:
    code = "import packdesk.cli.window, json, sys; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    order: list[str] = json.loads(done.stdout)
    early = ("pydantic", "numpy", "OpenGL.GL", "packdesk.settings", "packdesk.domain.dieline.fold")
    assert all(order.index(name) < order.index("PySide6") for name in early)


def test_the_first_frame_waits_for_no_service_and_no_decoder() -> None:
    code = "import packdesk.cli.window, json, sys; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    late = {"asyncio", "PIL.Image", "sqlite3", "packdesk.app.core", "packdesk.store.base"}
    loaded: list[str] = json.loads(done.stdout)
    assert late.isdisjoint(loaded)
    assert not [name for name in loaded if name.startswith("packdesk.services.")]
