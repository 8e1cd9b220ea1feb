"""`packdesk generations` and `packdesk use`, as real processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.providers import picture_bytes

if TYPE_CHECKING:
    from support.shell import Shell

PROMPT = "red roses, “Sol Field”"


@pytest.fixture
def filled(shell: Shell) -> Shell:
    assert shell.run("generate", "front", "red roses, “Sol Field”", "--provider", "offline").returncode == 0
    (shell.folder / "logo.png").write_bytes(picture_bytes(3, (300, 200)))
    assert shell.run("import", "back", "logo.png").returncode == 0
    return shell


def test_it_lists_searches_and_puts_a_picture_back(filled: Shell) -> None:
    logo, roses = filled.json("generations")
    assert (logo["words"], logo["kind"], logo["panel"]) == ("Imported from logo.png", "import", "back")
    told = roses["words"], roses["provider"], roses["seed"], roses["cost"], roses["width"], roses["height"]
    assert told == ("red roses, “Sol Field”", "offline", 0, "free", 100, 150)
    assert roses["at"] < logo["at"]
    assert roses["at"].endswith("Z")
    assert filled.json("generations", "--search", "ROSES sol") == [roses]
    assert filled.json("generations", "--favourites") == []
    assert filled.run("clear").returncode == 0
    state = filled.json("use", roses["sha256"][:8], "top")
    assert state["panel_textures"]["top"]["prompt"] == roses["words"]
    lines = filled.run("generations").stdout.splitlines()
    assert lines[1].startswith(roses["sha256"][:12])
    assert "offline, seed 0, front, 100 × 150 mm, free" in lines[1]


def test_it_says_what_is_wrong(shell: Shell) -> None:
    assert shell.run("generations").stdout == "No picture has been made or imported yet.\n"
    (shell.folder / "logo.png").write_bytes(picture_bytes(3, (300, 200)))
    assert shell.run("import", "back", "logo.png").returncode == 0
    assert shell.run("generations", "--search", "nothing").stdout == "There is no such picture.\n"
    unknown = shell.run("use", "ffffffff", "front")
    assert unknown.returncode == 2
    assert "“packdesk generations” lists them" in unknown.stderr
    (found,) = shell.json("generations")
    assert "lid" in shell.run("use", found["sha256"], "lid").stderr
    index = next((shell.folder / "cache" / "generations").glob("*.sqlite3"))
    index.write_bytes(b"no index" * 1000)
    again = shell.run("generations", "--json")
    assert "has been made anew" in again.stderr
    assert found["sha256"] in again.stdout


def test_candidates_are_listed_and_one_of_them_goes_on(shell: Shell) -> None:
    made = shell.json("generate-all", PROMPT, "--candidates", "2", "--seed", "5")
    assert made["panel"] == "front"
    assert [one["seed"] for one in made["pictures"]] == [5, 6]
    assert shell.json("state")["panel_textures"] == {}
    assert not (shell.folder / "data" / "jobs").exists()
    chosen = made["pictures"][1]["sha256"]
    done = shell.json("generate-all", PROMPT, "--from", chosen[:12])
    assert len(done["finished"]) == 6
    listed = shell.json("generations")
    assert {one["seed"] for one in listed if one["panel"] != "front"} == {6}
    assert sum(one["panel"] == "front" for one in listed) == 2  # the chosen one was not painted again
    one = shell.run("generate", "left", PROMPT, "--candidates", "2")
    assert "packdesk use PICTURE left" in one.stderr
    assert len(one.stdout.splitlines()) == 2


def test_the_same_variation_is_the_same_picture(shell: Shell) -> None:
    def front(seed: str) -> str:
        made = shell.json("generate", "front", PROMPT, "--seed", seed)
        return str(made["state"]["panel_textures"]["front"]["texture_url"])

    assert front("3") == front("3") != front("4")


@pytest.mark.parametrize(
    "words", [("--seed", "-1"), ("--candidates", "5"), ("--candidates", "2", "--from", "abcd")]
)
def test_unusable_wishes_are_refused(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell.run("generate-all", PROMPT, *words)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert shell.json("state")["panel_textures"] == {}


def test_a_picture_is_changed_in_words(shell: Shell) -> None:
    assert shell.run("generate", "front", PROMPT).returncode == 0
    done = shell.run("change", "front", "make the roses jade and gold", "--area", "10,10,40,40")
    assert (done.returncode, done.stdout) == (0, "Artwork on front.\n"), done.stderr
    assert "Passed over: roses." in done.stderr
    state = shell.json("state")
    assert state["panel_textures"]["front"]["prompt"] == PROMPT
    assert [one["words"] for one in shell.json("generations")] == ["make the roses jade and gold", PROMPT]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("change", "left", "in jade"), "There is no picture on the panel “left”."),
        (("change", "front", "in jade", "--area", "1,2,0,4"), "The rectangle has no size."),
        (("change", "front", "in jade", "--area", "200,2,10,4"), "The rectangle is not on the panel"),
        (("change", "front", "in jade", "--area", "here"), "“here” is no rectangle."),
        (("change", "front", "add a whale"), "none is named"),
    ],
)
def test_what_cannot_be_changed_is_told(filled: Shell, words: tuple[str, ...], said: str) -> None:
    before = filled.json("state")["panel_textures"]
    done = filled.run(*words)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert filled.json("state")["panel_textures"] == before
