"""Gemini from the command line: the same services, real processes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.gemini_server import GeminiServer
from support.providers import picture_bytes
from support.shell import Shell

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
    return Shell(tmp_path, PACKDESK_GEMINI_URL=gemini.url, GOOGLE_API_KEY=gemini.key)


def test_a_key_makes_gemini_the_painter(shell: Shell, gemini: GeminiServer) -> None:
    (shell.folder / "logo.png").write_bytes(picture_bytes())
    done = shell.run("generate-all", PROMPT, "--reference", "logo.png", "--parallel", "3", "--json")
    assert done.returncode == 0, done.stderr
    assert "6 pictures" in done.stderr
    assert "about US$ 0." in done.stderr
    assert shell.json("spend")["pictures"] == 6
    assert len(json.loads(done.stdout)["finished"]) == 6
    assert [len(request.pictures) for request in gemini.requests] == [1, 2, 2, 2, 2, 2]
    assert gemini.most_active <= 3
    assert gemini.key not in done.stdout + done.stderr + json.dumps(shell.json("state"))


def test_the_painter_can_be_chosen(shell: Shell, gemini: GeminiServer) -> None:
    shell.json("generate", "front", PROMPT, "--provider", "offline")
    assert gemini.requests == []
    done = shell.run("generate", "front", PROMPT, "--provider", "dall")
    assert done.returncode == 2
    assert "provider" in done.stderr.lower()


def test_without_a_key_gemini_says_so(tmp_path: Path) -> None:
    done = Shell(tmp_path).run("generate-all", PROMPT, "--provider", "gemini")
    assert done.returncode == 1
    assert "Gemini needs a key." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failed_panel_is_named_with_its_reason(shell: Shell, gemini: GeminiServer) -> None:
    gemini.fault("finish", reason="IMAGE_SAFETY", when=lambda request: "This is the top" in request.prompt)
    done = shell.run("generate-all", PROMPT)
    assert done.returncode == 1
    assert "No artwork on top: Google made no picture (image safety)." in done.stderr
    state = shell.json("state")
    assert "top" not in state["panel_textures"]
    assert len(state["panel_textures"]) == 5


def test_resizing_cuts_anew_without_asking(shell: Shell, gemini: GeminiServer) -> None:
    before = shell.json("generate", "front", PROMPT)["state"]["panel_textures"]["front"]
    after = shell.json("dimensions", "box", "150", "150", "100")["panel_textures"]["front"]
    assert after["dimensions"] == {"width": 150, "height": 150}
    assert after["texture_url"] != before["texture_url"]
    assert len(gemini.requests) == 1


def test_another_address_must_be_safe(tmp_path: Path) -> None:
    done = Shell(tmp_path, PACKDESK_GEMINI_URL="http://192.0.2.1/", GOOGLE_API_KEY="AIza-some-key").run(
        "generate", "front", PROMPT
    )
    assert done.returncode == 1
    assert "must begin with https://" in done.stderr
