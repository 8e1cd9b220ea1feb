"""Texts of strangers on a terminal: nothing in them steers it, and none fills it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.writing import put

import packdesk.cli

if TYPE_CHECKING:
    from support.shell import Shell

    from packdesk.store.sqlite import SqliteStore

EVIL = "\x1b]0;owned\x07\x9b2J\r\nMEND  store: fake \u202e" + "x" * 1_000_000
TEXTURE = {"panel_id": "front", "texture_url": f"{EVIL[:200]}://x", "prompt": EVIL}
DOCUMENT = {
    "package_type": "box",
    "package_dimensions": {"width": 100, "height": 150, "depth": 100},
    "panel_textures": {"front": TEXTURE},
    "in_progress": True,
    "generating_panels": [EVIL, *(f"panel {number}" for number in range(1000))],
    "last_error": EVIL,
    "updated_at": "2026-01-02T03:04:05.000Z" + EVIL[:40],
}


@pytest.mark.parametrize(
    "command", ["state", "status", "doctor", "preflight", "generate-all a,vintage,floral"]
)
def test_no_command_prints_what_steers_a_terminal(shell: Shell, store: SqliteStore, command: str) -> None:
    put(store, json.dumps(DOCUMENT).encode())
    done = shell.run(*(word.replace(",", " ") for word in command.split()))
    printed = done.stdout + done.stderr
    assert printed
    assert all(line.isprintable() for line in printed.split("\n")), ascii(printed)
    assert "\nMEND  store: fake" not in printed
    assert max(map(len, printed.split("\n"))) < 8001
    assert len(printed) < 20_000


def test_everything_is_printed_in_one_place() -> None:
    folder = Path(packdesk.cli.__file__).parent
    for file in folder.glob("*.py"):
        called = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Call)
        }
        if file.name != "output.py":
            assert not called & {
                "print",
                "typer.echo",
                "click.echo",
                "sys.stdout.write",
                "sys.stderr.write",
            }, file
