"""The review page as a file: whole, closed to everything outside, and in both languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from support.review import needs_viewer, reviewed, told

from packdesk import assets
from packdesk.assets import asset_path
from packdesk.domain.look import Finish, Lighting, Look
from packdesk.errors import NotPossibleError
from packdesk.export.review.page import SCRIPTS, review_page
from packdesk.export.review.policy import as_served, policy_of

if TYPE_CHECKING:
    from pathlib import Path

PAGES = asset_path("review", "page")
TEXTS = json.loads((PAGES / "texts.json").read_text("utf-8"))


class Reader(HTMLParser):
    """Collects scripts, and every address an element names."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._in_script = tag == "script"
        if self._in_script:
            self.scripts.append((named.get("type") or "", ""))
        self.addresses += [
            value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "action"}
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            kind, text = self.scripts[-1]
            self.scripts[-1] = kind, text + data
        else:
            self.words.append(data)


def read(page: bytes) -> Reader:
    reader = Reader()
    reader.feed(page.decode())
    return reader


@needs_viewer
def test_scripts_are_those_the_policy_names_and_nothing_is_loaded() -> None:
    page = review_page(reviewed())
    reader, policy = read(page), policy_of(page)
    modules = [text for kind, text in reader.scripts if kind == "module"]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in modules]
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert len(hashes) == 2
    assert reader.addresses == []
    assert "default-src 'none'" in policy
    assert "connect-src data: blob:;" in policy
    assert "unsafe-eval" not in policy
    assert "Apache License" in "".join(reader.words), "licences"
    assert "three.js authors" in "".join(reader.words)


@needs_viewer
def test_names_are_text_wherever_they_stand() -> None:
    evil = "</script><script>alert(1)</script>{data}<b>"
    page = review_page(reviewed(name=evil))
    assert len(read(page).scripts) == 4
    assert evil in "".join(read(page).words)
    assert told(page)["design"]["name"] == evil


@needs_viewer
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_speaks_the_language_of_who_exports(language: str) -> None:
    page = review_page(reviewed(language=language))
    assert f'<html lang="{language}">'.encode() in page
    assert TEXTS["checklist"][language] in "".join(read(page).words)
    assert told(page)["texts"] == {name: said[language] for name, said in TEXTS.items()}


def test_every_text_is_there_twice_and_used() -> None:
    sources = (PAGES / "page.html").read_text("utf-8") + "".join(
        (PAGES / name).read_text("utf-8") for name in SCRIPTS
    )
    made = re.compile(r"panel_|finish_|light_|check_|exposure|title$")
    used = set(re.findall(r"\{t:(\w+)\}", sources)) | set(re.findall(r'say\("(\w+)"', sources))
    assert used <= TEXTS.keys()
    others = {name for name in TEXTS.keys() - used if not made.match(name)}
    assert {name for name in others if f'"{name}"' not in sources} <= {"box", "cylinder", "finish", "light"}
    holes = re.compile(r"\{\w+\}")
    for name, said in TEXTS.items():
        assert said.keys() == {"en", "de"}
        assert all(said.values()), name
        assert sorted(holes.findall(said["en"])) == sorted(holes.findall(said["de"])), name


def test_all_scripts_are_on_the_page() -> None:
    assert sorted(path.name for path in PAGES.glob("*.js")) == list(SCRIPTS)


@needs_viewer
def test_a_served_page_may_send_its_answer_home() -> None:
    page = review_page(reviewed())
    served = as_served(page)
    assert "connect-src 'self' data: blob:;" in policy_of(served)
    assert (told(page)["live"], told(served)["live"]) == (False, True)


@needs_viewer
@pytest.mark.parametrize("finish", Finish)
@pytest.mark.parametrize("lighting", [Lighting.SOFT, Lighting.FLAT])
def test_finish_and_light_are_told(finish: Finish, lighting: Lighting) -> None:
    page = review_page(
        reviewed(look=Look(finish=finish, lighting=lighting, exposure=1.0, background="#aabbcc"))
    )
    words = "".join(read(page).words)
    assert TEXTS[f"finish_{finish}"]["en"] in words
    assert TEXTS[f"light_{lighting}"]["en"] in words
    studio = told(page)["studio"]
    assert studio["exposure"] == 2
    assert "#aabbcc" in studio["background"]
    assert base64.b64decode(studio["light"]).startswith(b"#?RADIANCE")


def test_without_its_viewer_there_is_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(asset_path("review", "page"), tmp_path / "review" / "page")
    monkeypatch.setattr(assets, "_folder", lambda: tmp_path)
    with pytest.raises(NotPossibleError, match="not installed") as caught:
        review_page(reviewed())
    assert "make setup" in caught.value.terminal
