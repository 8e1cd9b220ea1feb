"""Google's client and the key store take half a second to import: not at the start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SLOW = ("google.genai", "httpx2", "keyring", "tenacity")


def imported_by(code: str) -> list[str]:
    """Which of the slow ones a fresh interpreter has after running that."""
    tell = f"\nimport json, sys\nprint(json.dumps([name for name in {SLOW} if name in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code + tell], capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_starting_up_imports_neither_googles_client_nor_the_key_store() -> None:
    code = """
import packdesk.app.window, packdesk.cli.main
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
