"""The designs of this machine, as commands see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.hostile_bundles import sound_bundle
from support.providers import picture_bytes
from support.shell import Shell

from packdesk.store.base import KEY

if TYPE_CHECKING:
    from pathlib import Path

    from support.redis_server import RedisServer


def names(shell: Shell, *words: str) -> list[str]:
    return [design["name"] for design in shell.json("designs", *words)]


def test_commands_work_on_the_design_used_last_or_named(shell: Shell) -> None:
    shell.json("dimensions", "box", "70", "80", "90")
    assert shell.run("designs", "new", "Yuzu tea").stdout == "Yuzu tea\n"
    assert shell.json("state")["package_dimensions"]["width"] == 100
    assert shell.json("--design", "untitled", "state")["package_dimensions"]["width"] == 70
    shell.json("--design", "Untitled", "dimensions", "cylinder", "60", "100", "60")
    assert shell.json("state")["package_type"] == "box", "a name is for one command"
    assert shell.json("--design", "UNTITLED", "state")["package_type"] == "cylinder"
    missing = shell.run("--design", "Coffee", "state")
    assert missing.returncode == 2
    assert "There is no design “Coffee”." in missing.stderr
    assert sorted(names(shell)) == ["Untitled", "Yuzu tea"]
    assert names(shell, "--search", "TEA") == ["Yuzu tea"]


def test_copies_names_and_the_bin(shell: Shell) -> None:
    (shell.folder / "art.png").write_bytes(picture_bytes())
    state = shell.json("import", "front", "art.png")
    assert shell.run("designs", "rename", "Untitled", "Tea/1").stdout == "Tea/1\n"
    assert shell.run("designs", "duplicate", "Tea/1").stdout == "Tea/1 2\n"
    copied = shell.json("--design", "Tea/1 2", "state")
    assert copied["panel_textures"] == state["panel_textures"]
    assert shell.run("designs", "delete", "Tea/1").stdout == "In the bin: Tea/1\n"
    assert names(shell) == ["Tea/1 2"]
    assert names(shell, "--bin") == ["Tea/1"]
    assert shell.json("state")["panel_textures"] == state["panel_textures"], "the next one is used"
    assert shell.run("designs", "restore", "Tea/1").returncode == 0
    assert sorted(names(shell)) == ["Tea/1", "Tea/1 2"]
    shell.run("designs", "delete", "Tea/1")
    assert shell.run("designs", "empty-bin").stdout == "Gone: Tea/1\n"
    assert names(shell, "--bin") == []
    assert "no design “Tea/1”" in shell.run("designs", "restore", "Tea/1").stderr


def test_tidying_spares_the_pictures_of_every_design_and_of_the_bin(shell: Shell) -> None:
    (shell.folder / "art.png").write_bytes(picture_bytes())
    kept = shell.json("import", "front", "art.png")["panel_textures"]["front"]["texture_url"]
    shell.run("designs", "new", "Other")
    shell.run("designs", "delete", "Untitled")
    assert shell.run("tidy").returncode == 0
    shell.run("designs", "restore", "Untitled")
    assert shell.json("--design", "Untitled", "state")["panel_textures"]["front"]["texture_url"] == kept
    assert shell.run("--design", "Untitled", "export", "panels").returncode == 0
    assert (shell.folder / "panels" / "front.png").exists()


def test_what_gives_way_in_a_shared_store_is_kept_here(tmp_path: Path, empty_redis: RedisServer) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url)
    refused = shell.run("--design", "Tea", "state")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "one design only" in refused.stderr
    (shell.folder / "art.png").write_bytes(picture_bytes())
    (shell.folder / "tea.packdesk").write_bytes(sound_bundle())
    first = shell.json("import", "front", "art.png")
    assert shell.json("open", "tea.packdesk", "--force")["package_type"] == "box"
    assert len(names(shell)) == 1
    shell.json("clear")
    assert len(names(shell)) == 2
    shell.json("open", "tea.packdesk")
    empty_redis.client().delete(KEY)
    shell.json("state")
    assert len(names(shell)) == 2, "the bundle's design is here already"
    del shell.environment["PACKDESK_REDIS_URL"]
    found = shell.json("designs")
    assert {design["origin"] for design in found} == {f"127.0.0.1:{empty_redis.port}/0"} or found
    urls = [
        shell.json("--design", design["id"], "state")["panel_textures"]["front"]["texture_url"]
        for design in found
    ]
    assert first["panel_textures"]["front"]["texture_url"] in urls


def test_a_design_that_was_replaced_while_nobody_looked_is_kept_too(
    tmp_path: Path, empty_redis: RedisServer
) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url)
    (shell.folder / "art.png").write_bytes(picture_bytes())
    shell.json("import", "front", "art.png")
    theirs = '{"package_type": "cylinder", "panel_textures": {}, "created_at": "2026-01-01T00:00:00Z"}'
    empty_redis.client().set(KEY, theirs)
    assert shell.json("state")["package_type"] == "cylinder"
    assert len(names(shell)) == 1
