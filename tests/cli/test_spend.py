"""`packdesk spend`, and a limit that stops: real processes, the local server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.gemini_server import GeminiServer
from support.shell import Shell, paid_shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROMPT = "vintage floral pattern, “Sol Field”"


@pytest.fixture
def gemini() -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, gemini: GeminiServer) -> Shell:
    return paid_shell(tmp_path, gemini)


def test_the_limit_stops_a_run_and_keeps_what_was_made(shell: Shell, gemini: GeminiServer) -> None:
    done = shell.run("generate-all", PROMPT)
    assert done.returncode == 1
    told = "Asking gemini-3.1-flash-image for 6 pictures, about US$ 1.50 by prices of 2026-11-01."
    assert told in done.stderr
    assert "The monthly limit does not leave room for all of them." in done.stderr
    assert "The monthly limit of US$ 0.80 leaves no room for a picture: US$ 0.75 are spent." in done.stderr
    assert len(gemini.requests) == 3
    spent = shell.json("spend")
    assert (spent["usd"], spent["pictures"], spent["perhaps_usd"]) == (0.75, 3, 0)
    assert spent["models"] == [{"model": "gemini-3.1-flash-image", "pictures": 3, "usd": 0.75}]
    assert "limit US$ 0.80, left US$ 0.050" in shell.run("spend").stdout
    assert shell.json("spend", "--month", "2020-02")["usd"] == 0
    assert shell.run("spend", "--month", "February").returncode == 2
    assert len(shell.json("state")["panel_textures"]) == 3


def test_a_ledger_that_cannot_be_read_is_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "spending.sqlite3").write_bytes(b"no ledger" * 1000)
    done = shell.run("generate", "front", PROMPT)
    assert done.returncode == 0
    assert "A ledger that could not be read is kept as spending.sqlite3.unreadable-" in done.stderr
    assert shell.json("spend")["pictures"] == 1


def test_a_wrong_price_is_told_by_model_and_size(tmp_path: Path) -> None:
    shell = Shell(tmp_path, PACKDESK_CONFIG_DIR=str(tmp_path / "config"))
    prices = tmp_path / "config" / "prices.json"
    prices.parent.mkdir(exist_ok=True)
    prices.write_text('{"models": {"gemini-3-pro-image": {"as_of": "2026-11-01", "usd": {"2K": -3}}}}')
    done = shell.run("spend")
    assert done.returncode == 2
    assert "cannot be read: gemini-3-pro-image, 2K is wrong." in done.stderr
    prices.write_text("no table")
    assert "cannot be read." in shell.run("spend").stderr
