"""Every request the pages of the web application send, and what they use of the answers."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.providers import picture_bytes

if TYPE_CHECKING:
    from support.server import Served
    from support.shell import Shell

SIZE = {"width": 120, "height": 150, "depth": 80}
BOX = ["front", "back", "left", "right", "top", "bottom"]
PROMPT = "vintage floral pattern"
FLAGS = ("in_progress", "generating_panel", "generating_panels", "last_error", "updated_at")
PAGE = "http://localhost:3000"


def one(panel_id: str, **more: object) -> dict[str, Any]:
    """A page's order for one panel."""
    flat = {"width": 100, "height": 150}
    order = {"panel_id": panel_id, "prompt": PROMPT, "package_type": "box"}
    return {**order, "panel_dimensions": flat, "package_dimensions": SIZE, **more}


def every(**more: object) -> dict[str, Any]:
    """A page's order for all panels."""
    info = {panel_id: {"width": 100, "height": 150} for panel_id in BOX}
    order = {"prompt": PROMPT, "package_type": "box", "package_dimensions": SIZE}
    return {**order, "panel_ids": BOX, "panels_info": info, **more}


def test_a_page_s_day(served: Served, shell: Shell) -> None:
    """Hydrate, sliders, generate all and one, delete, switch the type; the command line follows."""
    state = served.get("/packaging/state").json
    assert state["package_dimensions"] == {"width": 100, "height": 150, "depth": 100}
    assert (state["generating_panels"], state["last_error"]) == ([], None)
    sized = served.post("/packaging/update-dimensions", {"package_type": "box", "dimensions": SIZE})
    assert sized.json == {"status": "updated", "package_type": "box", "dimensions": SIZE}
    begun = served.post("/packaging/panels/generate-all", every(), Origin=PAGE)
    assert begun.headers["access-control-allow-origin"] == PAGE
    assert begun.json["message"]
    assert {name: begun.json[name] for name in ("status", "panel_ids", "total_panels")} == {
        "status": "generating",
        "panel_ids": BOX,
        "total_panels": 6,
    }
    status = served.get("/packaging/status").json
    assert set(FLAGS) <= status.keys()
    assert (status["in_progress"], status["generating_panels"]) == (True, BOX)
    waiting = served.get("/packaging/panels/front/texture")
    assert (waiting.status, waiting.json["panel_id"]) == (202, "front")
    busy = served.post("/packaging/panels/generate", one("front"))
    assert (busy.status, "already being generated" in busy.detail) == (409, True)
    assert served.idle()["last_error"] is None
    answer = served.get("/packaging/state")
    assert len(answer.content) < 2048
    textures = answer.json["panel_textures"]
    assert set(textures) == set(BOX)
    assert {one["prompt"] for one in textures.values()} == {PROMPT}
    followed = shell.json("state")["panel_textures"]
    assert {name: one["generated_at"] for name, one in followed.items()} == {
        name: one["generated_at"] for name, one in textures.items()
    }
    texture = served.get("/packaging/panels/front/texture").json
    assert texture == textures["front"]
    assert {"panel_id", "texture_url", "prompt", "generated_at", "dimensions"} <= texture.keys()
    begun = served.post("/packaging/panels/generate", one("top"))
    assert (begun.status, begun.json["status"], begun.json["panel_id"]) == (200, "generating", "top")
    assert served.idle()["last_error"] is None
    deleted = served.ask("DELETE", "/packaging/panels/top/texture")
    assert deleted.json == {"status": "deleted", "panel_id": "top"}
    assert served.ask("DELETE", "/packaging/panels/top/texture").json == deleted.json, "safe to repeat"
    assert served.get("/packaging/panels/top/texture").status == 404
    assert "top" not in shell.json("state")["panel_textures"]
    tube = {"package_type": "cylinder", "dimensions": {"width": 90, "height": 150, "depth": 80}}
    switched = served.post("/packaging/update-dimensions", tube).json
    assert switched["dimensions"] == {"width": 90, "height": 150, "depth": 90}, "the width is the diameter"
    assert served.get("/packaging/state").json["panel_textures"] == {}
    stale = served.post("/packaging/panels/generate", one("front"))
    assert (stale.status, stale.detail) == (409, "The package is a cylinder by now. Load the design again.")
    assert shell.json("state")["package_type"] == "cylinder"
    cleared = served.post("/packaging/clear").json
    assert (cleared["package_type"], cleared["panel_textures"]) == ("box", {})


def test_a_picture_is_had_by_its_hash(served: Served) -> None:
    served.post("/packaging/panels/generate", one("front"))
    served.idle()
    url = served.get("/packaging/panels/front/texture").json["texture_url"]
    path = url.removeprefix(served.base)
    sha256 = Path(path).stem
    whole = served.get(path, Origin=PAGE)
    assert hashlib.sha256(whole.content).hexdigest() == sha256
    assert (whole.headers["content-type"], whole.headers["etag"]) == ("image/png", f'"{sha256}"')
    assert "immutable" in whole.headers["cache-control"]
    assert whole.headers["access-control-allow-origin"] == PAGE
    assert served.get(path, If_None_Match=f'"{sha256}"').status == 304
    part = served.get(path, Range="bytes=4-9")
    assert (part.status, part.content) == (206, whole.content[4:10])
    assert served.get(path, Range="bytes=99999999-").status == 416
    assert served.get(path.replace(sha256, "0" * 64)).status == 404
    other = served.get(
        "/packaging/state", Host=served.base.removeprefix("http://").replace("127.0.0.1", "localhost")
    )
    assert "http://localhost:" in other.json["panel_textures"]["front"]["texture_url"], (
        "as the client sees it"
    )


def test_a_size_has_the_pictures_cut_anew(served: Served) -> None:
    served.post("/packaging/panels/generate", one("front"))
    served.idle()
    before = served.get("/packaging/panels/front/texture").json
    with served.events() as events:
        events.next("revision")
        sizes = {"package_type": "box", "dimensions": {**SIZE, "width": 140}}
        served.post("/packaging/update-dimensions", sizes)
        while (after := served.get("/packaging/panels/front/texture").json) == before:
            events.next("revision")
    assert after["dimensions"] == {"width": 140, "height": 150}
    assert after["texture_url"] != before["texture_url"]
    assert served.get(after["texture_url"].removeprefix(served.base)).status == 200


@pytest.mark.parametrize(
    ("mockup", "status", "told"),
    [
        ("data:image/png;base64," + base64.b64encode(picture_bytes(1)).decode(), 200, ""),
        ("data:image/png;base64,AAAA", 422, "no picture packdesk can read"),
        ("data:image/png;base64,@@@", 422, "The reference picture is damaged."),
        ("http://127.0.0.1:1/secret.png", 422, "must come inside the request"),
        ("file:///etc/passwd", 422, "must come inside the request"),
    ],
)
def test_a_reference_comes_through_the_door_of_all_pictures(
    served: Served, mockup: str, status: int, told: str
) -> None:
    answer = served.post("/packaging/panels/generate", one("front", reference_mockup=mockup))
    assert answer.status == status
    assert told in answer.content.decode()
    served.idle()


UNUSABLE: list[tuple[str, object, str]] = [
    ("update-dimensions", {"package_type": "box", "dimensions": {**SIZE, "width": 0}}, "out of range"),
    ("update-dimensions", {"package_type": "box", "dimensions": {**SIZE, "width": 1e999}}, "width"),
    ("update-dimensions", {"package_type": "tube", "dimensions": SIZE}, "one of box, cylinder"),
    ("update-dimensions", {"package_type": "box", "dimensions": {**SIZE, "width": True}}, "a number"),
    ("update-dimensions", {"package_type": "box", "dimensions": {**SIZE, "width": "120"}}, "width"),
    ("update-dimensions", {"package_type": "box"}, "dimensions"),
    ("update-dimensions", b"{", "json"),
    ("update-dimensions", b"[" * 50_000, "json"),
    ("update-dimensions", b"\xff\xfe", "json"),
    ("panels/generate", one("lid"), "A box has no panel “lid”."),
    ("panels/generate", one("front", prompt="ab"), "at least 3 characters"),
    ("panels/generate", one("front", prompt="x" * 2001), "2,000 are possible"),
    ("panels/generate", one("front", prompt="logo"), "too vague"),
    ("panels/generate-all", every(panel_ids=["front", "body"]), "no panel “body”"),
    ("panels/generate-all", every(prompt=None), "prompt"),
]


@pytest.mark.parametrize(("path", "body", "told"), UNUSABLE)
def test_what_cannot_be_used_is_told_and_changes_nothing(
    served: Served, path: str, body: object, told: str
) -> None:
    before = served.get("/packaging/state").json
    answer = served.post(f"/packaging/{path}", body)
    assert answer.status == 422
    assert told.lower() in answer.content.decode().lower()
    assert served.get("/packaging/state").json == before


def test_pictures_and_files_are_made_elsewhere(served: Served) -> None:
    assert served.get("/packaging/export.zip").status == 409, "there is no picture yet"
    served.post("/packaging/panels/generate", one("front"))
    served.idle()
    begins = {"pdf": b"%PDF", "dxf": b"  0", "glb": b"glTF"}
    for kind, begin in begins.items():
        answer = served.get(f"/packaging/export.{kind}")
        assert (answer.status, answer.content[: len(begin)]) == (200, begin)
        assert f'filename="packdesk.{kind}"' in answer.headers["content-disposition"]
    drawn = served.get("/packaging/render.png?width=64&height=48&finish=gloss&view=front")
    assert (drawn.status, drawn.content[16:24]) == (200, b"\0\0\0\x40\0\0\0\x30")
    refused = served.get("/packaging/render.png?width=64&height=48&view=--force")
    assert (refused.status, "no view" in refused.detail) == (422, True)
    wide = served.get("/packaging/render.png?width=9999")
    assert (wide.status, wide.json["detail"][0]["loc"]) == (422, ["query", "width"])
    assert served.get("/packaging/export.exe").status == 404
    if sys.platform.startswith("linux"):
        assert "Qt6" not in Path(f"/proc/{served.process.pid}/maps").read_text()


def test_the_description_names_every_address(served: Served) -> None:
    described = served.get("/openapi.json").json
    assert described["paths"]["/packaging/status"]["get"]["responses"].keys() == {"200", "409", "503"}
    named = set(re.findall(r"#/components/schemas/(\w+)", served.get("/openapi.json").content.decode()))
    assert named <= described["components"]["schemas"].keys()
    assert "/packaging/textures/{sha256}.png" in described["paths"]
    other = served.ask("PUT", "/packaging/panels/front/texture")
    assert (other.status, set(other.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "DELETE"})
