"""`packdesk tidy`, as a real process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

from packdesk.textures.library import hashes_in

if TYPE_CHECKING:
    from support.shell import Shell

    from packdesk.store.sqlite import SqliteStore


@pytest.fixture
def resized(shell: Shell) -> Shell:
    (shell.folder / "art.png").write_bytes(picture_bytes(3, (300, 200)))
    assert shell.run("import", "front", "art.png").returncode == 0
    for width in ("90", "80", "70"):
        assert shell.run("dimensions", "box", width, "60", "50").returncode == 0
    return shell


def pictures(shell: Shell) -> set[str]:
    return {path.stem for path in (shell.folder / "data" / "textures").glob("*.png")}


def test_a_dry_run_says_what_the_run_then_does(resized: Shell, store: SqliteStore) -> None:
    before = pictures(resized)
    dry = resized.json("tidy", "--dry-run")
    assert pictures(resized) == before
    assert dry["removed"]["pictures"] == 0
    done = resized.json("tidy")
    assert done["removed"] == dry["free"]
    assert done["removed"]["pictures"] == len(before - pictures(resized)) == 3
    assert done["kept"]["pictures"] == done["in_use"]["pictures"] == done["uses"]["current"] == 1
    assert hashes_in(store.load() or b"") <= pictures(resized)


def test_it_tells_people(resized: Shell) -> None:
    assert "can go  3 pictures" in resized.run("tidy", "--dry-run").stdout
    done = resized.run("tidy")
    assert done.returncode == 0
    assert "gone    3 pictures" in done.stdout
    assert "current design 1" in done.stdout


def test_nothing_goes_while_the_store_is_away(resized: Shell) -> None:
    before = pictures(resized)
    resized.environment["PACKDESK_REDIS_URL"] = "redis://127.0.0.1:1/0"
    done = resized.run("tidy")
    assert done.returncode == 1
    assert done.stderr.startswith("packdesk: ")
    assert pictures(resized) == before
