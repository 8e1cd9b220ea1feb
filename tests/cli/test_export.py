"""The commands export and preflight, as a user runs them: real processes, no display."""

from __future__ import annotations

import asyncio
import json
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from support.answers import answer, remark, sealed
from support.press_profile import press_profile
from support.review import needs_viewer, told

from packdesk.app.core import open_services
from packdesk.domain.review import IssuedReview
from packdesk.settings import read_settings
from packdesk.store.bundle.files import read_bundle

if TYPE_CHECKING:
    from support.shell import Shell

BEGINNINGS = {
    "tea.pdf": b"%PDF-",
    "tea.svg": b"<?xml",
    "tea.dxf": b"  0\nSECTION",
    "tea.cf2": b"$BOF\r\nV2",
    "tea.png": b"\x89PNG",
    "tea.zip": b"PK",
    "tea.glb": b"glTF",
    "tea.obj": b"# packdesk",
    "tea.html": b"<!DOCTYPE html>",
    "tea.packdesk": b"PK",
    "tea.proof.pdf": b"%PDF-",
}


@pytest.fixture
def painted(shell: Shell) -> Shell:
    """A box with artwork on two panels."""
    shell.environment["PATH"] = ""  # no Xvfb either
    (shell.folder / "given").mkdir()
    settings = read_settings(data_dir=shell.folder / "data", cache_dir=shell.folder / "cache", dpi=40)
    with open_services(settings) as services:
        for panel_id, colour in (("front", "#c01818"), ("left", "#1838c0")):
            file = shell.folder / "given" / f"{panel_id}.png"
            Image.new("RGB", (400, 600), colour).save(file)
            asyncio.run(services.pictures.import_picture(panel_id, file))
    return shell


def beside(shell: Shell) -> set[str]:
    return {path.name for path in shell.folder.iterdir()} - {"data", "cache", "config", "given"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=needs_viewer if name == "tea.html" else ()) for name in BEGINNINGS]
)
def test_every_kind_is_written_without_a_display(painted: Shell, name: str) -> None:
    done = painted.run("export", name)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{name}\n", "")
    assert (painted.folder / name).read_bytes().startswith(BEGINNINGS[name])
    also = {"tea.mtl", "tea_textures"} if name == "tea.obj" else set()
    assert beside(painted) == {name, *also}


@needs_viewer
def test_an_answer_to_a_review_page_approves_this_version(painted: Shell) -> None:
    assert painted.run("export", "tea.html").returncode == 0
    said = told((painted.folder / "tea.html").read_bytes())
    review = IssuedReview(id=said["review"], key=said["key"], hash=said["design"]["hash"], at=said["made"])
    approval = answer("Ada", remark(1), review=review.id, design=said["design"], verdict="approved")
    (painted.folder / "given" / "answer.json").write_text(sealed(approval, review), "utf-8")
    assert painted.run("remarks", "add", "given/answer.json").returncode == 0
    (opinion,) = painted.json("remarks")["opinions"]
    assert (opinion["reviewer"], opinion["verdict"], opinion["stale"]) == ("Ada", "approved", False)


@needs_viewer
def test_an_earlier_version_goes_with_a_review_page_only(painted: Shell) -> None:
    assert painted.run("export", "tea 1.packdesk").returncode == 0
    refused = painted.run("export", "tea.pdf", "--before", "tea 1.packdesk")
    assert (refused.returncode, "Only a review page" in refused.stderr) == (2, True)
    assert painted.run("dimensions", "box", "100", "140", "100").returncode == 0
    assert painted.run("export", "tea.html", "--before", "tea 1.packdesk").returncode == 0
    earlier = told((painted.folder / "tea.html").read_bytes())["earlier"]
    assert (earlier["name"], earlier["size"]) == ("tea 1", [100, 150, 100])
    broken = painted.run("export", "tea.html", "--force", "--before", "given/front.png")
    assert (broken.returncode, broken.stderr.startswith("packdesk: ")) == (1, True)
    assert told((painted.folder / "tea.html").read_bytes())["earlier"] == earlier, "it is still there"


def test_a_folder_of_panels(painted: Shell) -> None:
    assert painted.run("export", "tea").stdout == "tea\n"
    assert {path.name for path in (painted.folder / "tea").iterdir()} == {"front.png", "left.png"}


@pytest.mark.parametrize("name", ["tea.pdf", "tea.obj", "tea.packdesk", "tea"])
def test_nothing_is_replaced_unasked(painted: Shell, name: str) -> None:
    if name == "tea":
        (painted.folder / name).mkdir()
    else:
        (painted.folder / name).write_bytes(b"mine")
    done = painted.run("export", name)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"packdesk: {name} already exists. Choose another name. --force")
    if name != "tea":
        assert (painted.folder / name).read_bytes() == b"mine"
    assert painted.run("export", name, "--force").returncode == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["export", ""], "The name of the file is missing."),
        (["export", ".."], "The name of the file is missing."),
        (
            ["export", ".pdf"],
            "“.pdf” is an ending without a name. Write a name before it, as in package.pdf.",
        ),
        (["export", "tea"], "tea was not replaced: it holds other files than panels. Name another folder."),
        (["import", "front", ""], "The name of the file is missing."),
    ],
)
def test_what_force_would_not_help_is_said_at_once(painted: Shell, words: list[str], sentence: str) -> None:
    (painted.folder / "tea").mkdir(exist_ok=True)
    (painted.folder / "tea" / "mine.txt").touch()
    done = painted.run(*words)
    assert (done.returncode in {1, 2}, done.stdout) == (True, "")
    assert done.stderr.startswith(f"packdesk: {sentence}")


def test_the_inside_alone_says_that_nothing_is_there(painted: Shell) -> None:
    done = painted.run("export", "inside.svg", "--inside")
    assert (done.returncode, done.stdout) == (0, "inside.svg\n")
    assert "There is no artwork on the inside of any panel: the file shows lines alone." in done.stderr
    assert not painted.run("export", "inside.dxf", "--inside").stderr


def test_what_belongs_to_an_obj_file_is_not_replaced_unasked_either(painted: Shell) -> None:
    (painted.folder / "tea.mtl").write_bytes(b"mine")
    done = painted.run("export", "tea.obj")
    assert done.returncode == 1
    assert "tea.mtl already exists" in done.stderr
    assert beside(painted) == {"tea.mtl"}


@pytest.mark.parametrize("name", ["tea.xyz", "tea.jpeg", "tea.webp"])
def test_other_endings_are_refused(painted: Shell, name: str) -> None:
    done = painted.run("export", name)
    assert done.returncode == 2
    assert ".packdesk" in done.stderr
    assert beside(painted) == set()


def test_options_reach_the_file(painted: Shell) -> None:
    words = ["--style", "cross", "--lines", "black", "--marks", "--legend", "--no-artwork"]
    assert painted.run("export", "tea.svg", *words).returncode == 0
    text = (painted.folder / "tea.svg").read_text("utf-8")
    assert 'id="marks"' in text
    assert 'id="legend"' in text
    assert "<image" not in text
    assert "#ff0000" not in text
    assert painted.run("export", "plain.svg").returncode == 0
    text = (painted.folder / "plain.svg").read_text("utf-8")
    assert 'id="marks"' not in text
    assert text.count("<image") == 2


def test_a_pdf_for_a_press(painted: Shell) -> None:
    (painted.folder / "press.icc").write_bytes(press_profile())
    told = painted.run(
        "export", "flat.pdf", "--press-profile", "press.icc", "--to-cmyk", "--ink-limit", "280"
    )
    assert told.returncode == 0, told.stderr
    with pikepdf.open(painted.folder / "flat.pdf") as pdf:
        assert str(pdf.Root.OutputIntents[0].Info) == "Test press"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("flat.pdf", "--to-cmyk"), "Name it with --press-profile."),
        (("flat.svg", "--press-profile", "press.icc"), "Only a PDF is made for a press."),
        (("flat.pdf", "--press-profile", "none.icc"), "none.icc is not there."),
        (("flat.pdf", "--press-profile", "x", "--ink-limit", "20"), "An ink limit of 20 % is not possible."),
        (("flat.pdf", "--ink-limit", "280"), "Name it with --press-profile."),
        (("flat.pdf", "--press-profile", "x", "--no-black-point"), "--no-black-point changes nothing here."),
        (("flat.pdf", "--press-profile", "."), "The name of the file is missing."),
        (("flat.pdf", "--press-profile", ".."), ".. is a folder."),
        (("-", "--kind", "exe"), "png, zip, glb"),
        (("flat.pdf", "--press-profile", "x", "--ink-limit", "280"), "--ink-limit changes nothing here."),
        (("flat.pdf", "--style", "sleeve", "--perforated"), "--perforated changes nothing on this blank."),
        (("flat.pdf", "--style", "mailer", "--notch"), "--notch changes nothing on this blank."),
        (("box.glb", "--lock", "slit"), "--lock changes nothing in such a file."),
        (("box.glb", "--flaps", "--nicks", "4"), "--nicks changes nothing in such a file."),
        (("box.glb", "--legend"), "--legend changes nothing in such a file."),
        (("box.packdesk", "--bleed", "5"), "--bleed changes nothing in such a file."),
        (("flat.pdf", "--nick-width", "0.5mm"), "--nick-width changes nothing on this blank."),
        (("flat.pdf", "--style", "sleeve", "--lock", "slit"), "--lock changes nothing on this blank."),
        (("flat.pdf", "--board", "E flute", "--caliper", "2"), "--caliper changes nothing on this blank."),
    ],
)
def test_what_would_change_nothing_is_refused(painted: Shell, options: tuple[str, ...], said: str) -> None:
    told = painted.run("export", *options)
    assert told.returncode == 2
    assert said in " ".join(told.stderr.split())
    assert not (painted.folder / options[0]).exists()


def test_a_picture_of_the_artwork_alone(painted: Shell) -> None:
    done = painted.run("export", "tea.png", "--artwork-only", "--dpi", "50", "--bleed", "2")
    assert done.returncode == 0, done.stderr
    with Image.open(painted.folder / "tea.png") as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
        assert picture.info["dpi"] == pytest.approx((50, 50), abs=0.1)
    refused = painted.run("export", "none.png", "--artwork-only", "--dieline-only")
    assert refused.returncode == 2


def test_what_is_no_length_is_refused(painted: Shell) -> None:
    done = painted.run("export", "tea.dxf", "--bleed", "wide")
    assert done.returncode == 2
    assert "“wide”" in done.stderr


@pytest.mark.parametrize("option", ["--caliper", "--glue-flap", "--bleed", "--safe"])
def test_impossible_measures_are_refused(painted: Shell, option: str) -> None:
    done = painted.run("export", "tea.dxf", option, "1000")
    assert done.returncode == 2
    assert "1000 mm" in done.stderr
    assert beside(painted) == set()


def test_settings_are_the_defaults_and_the_command_line_wins(painted: Shell) -> None:
    painted.environment["PACKDESK_BLEED_MM"] = "0"
    assert painted.run("export", "bare.svg").returncode == 0
    assert 'id="bleed"' not in (painted.folder / "bare.svg").read_text("utf-8")
    assert painted.run("export", "bled.svg", "--bleed", "0,4cm").returncode == 0
    assert 'id="bleed"' in (painted.folder / "bled.svg").read_text("utf-8")
    painted.environment["PACKDESK_LINE_COLOURS"] = "pink"
    done = painted.run("export", "pink.svg")
    assert done.returncode == 2
    assert "PACKDESK_LINE_COLOURS" in done.stderr


def lose(shell: Shell, panel_id: str) -> None:
    """Take a panel's picture out of the library, and the note that says how it is cut again."""
    url = shell.json("state")["panel_textures"][panel_id]["texture_url"]
    picture = next((shell.folder / "data").rglob(url.rsplit("/", 1)[-1]))
    picture.unlink()
    picture.with_suffix(".json").unlink()


@pytest.mark.parametrize("name", ["tea.pdf", "tea.glb", "tea.packdesk"])
def test_a_picture_that_is_gone_is_told_and_the_rest_written(painted: Shell, name: str) -> None:
    lose(painted, "left")
    done = painted.run("export", name)
    assert (done.returncode, done.stdout) == (0, f"{name}\n")
    assert done.stderr.startswith("packdesk: left: The picture of this panel is not")
    if name == "tea.packdesk":
        assert set(read_bundle(painted.folder / name).pictures) == {"front"}


def test_without_artwork_there_are_no_panels_to_write(shell: Shell) -> None:
    done = shell.run("export", "tea.zip")
    assert done.returncode == 1
    assert "No panel carries artwork." in done.stderr
    assert shell.run("export", "tea.dxf").returncode == 0


def test_the_panels_are_in_the_zip_and_no_folder_is_made_silently(painted: Shell) -> None:
    done = painted.run("export", "out/tea.zip")
    assert (done.returncode, beside(painted)) == (1, set())
    assert "There is no folder out." in done.stderr
    assert painted.run("export", "tea.zip").returncode == 0
    with zipfile.ZipFile(painted.folder / "tea.zip") as archive:
        assert archive.namelist() == ["front.png", "left.png"]


def test_progress_is_shown_on_a_terminal_only(painted: Shell) -> None:
    code, shown = painted.watch("export", "tea.pdf")
    assert code == 0
    assert "3 of 3 steps" in shown


def test_a_cylinder_is_a_wrap(shell: Shell) -> None:
    assert shell.run("dimensions", "cylinder", "80", "150", "80").returncode == 0
    assert shell.run("export", "can.svg").returncode == 0
    for command in (("export", "other.svg"), ("preflight",)):
        done = shell.run(*command, "--style", "cross", "--perforated")
        assert done.returncode == 2
        assert "A cylinder has no --style or --perforated" in done.stderr
    assert not (shell.folder / "other.svg").exists()


def test_only_a_cylinder_has_a_telescoping_lid_and_nicks_are_told(shell: Shell) -> None:
    done = shell.run("export", "box.cf2", "--telescope")
    assert (done.returncode, "A box has no telescoping lid." in done.stderr) == (2, True)
    assert shell.run("dimensions", "cylinder", "80", "150", "80").returncode == 0
    words = ("--telescope", "--board", "E flute", "--nicks", "4", "--nick-width", "0.5mm", "--legend")
    assert shell.run("export", "can.svg", *words).returncode == 0
    assert "16 nicks of 0.5 mm" in (shell.folder / "can.svg").read_text("utf-8"), "four around each piece"


def test_preflight_tells_errors_and_exits_with_1(shell: Shell) -> None:
    done = shell.run("preflight")
    assert done.returncode == 1
    assert done.stdout.startswith("ERROR    No panel carries artwork.\n         Generate it")


def test_preflight_as_json(painted: Shell) -> None:
    done = painted.run("preflight", "--json", "--bleed", "0")
    found = json.loads(done.stdout)
    assert done.returncode == 1, "40 dpi are too coarse"
    coarse = [one["panel_id"] for one in found if one["rule"] == "coarse"]
    assert coarse == ["front", "left"]
    assert set(found[0]) == {"level", "rule", "panel_id", "sentence", "remedy", "mend", "inside", "place"}
    assert {"little-bleed", "bare-panel"} <= {one["rule"] for one in found}


def test_preflight_of_a_lost_picture(painted: Shell) -> None:
    lose(painted, "front")
    done = painted.run("preflight")
    assert done.returncode == 1
    assert done.stdout.startswith("ERROR    The picture of the front panel is missing")


def test_compare_tells_lines_that_differ_and_exits_with_1(shell: Shell) -> None:
    assert shell.run("export", "own.dxf").returncode == 0
    same = shell.run("compare", "own.dxf")
    assert (same.returncode, same.stdout.splitlines()[-1]) == (0, "No lines differ by more than 0.1 mm.")
    moved = shell.run("compare", "own.dxf", "--right", "0.3", "--json")
    told = json.loads(moved.stdout)
    assert moved.returncode == 1
    assert told["unit"] == "mm"
    assert max(one["off_mm"] for one in told["differences"]) == pytest.approx(0.3, abs=0.01)
    assert "No lines differ with --turn 0." in shell.run("compare", "own.dxf", "--turn", "90").stdout
    refused = shell.run("compare", "nothing.pdf")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is not there" in refused.stderr


def test_a_file_goes_to_stdout_or_it_is_said_why_not(painted: Shell) -> None:
    assert painted.run("export", "tea.dxf").returncode == 0
    files = beside(painted)
    done = painted.run("export", "-", "--kind", "dxf")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:8] == (painted.folder / "tea.dxf").read_text().splitlines()[:8]
    for words, reason in ((), "does not say the kind"), (("--kind", "obj"), "more than one file"):
        done = painted.run("export", "-", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert reason in done.stderr
    code, shown = painted.watch("export", "-", "--kind", "pdf")
    assert (code, "does not go to a terminal" in shown) == (2, True)
    assert painted.run("export", "tea.pdf", "--kind", "pdf").returncode == 2
    assert painted.run("turntable", "-").returncode == 1
    assert beside(painted) == files


def test_a_sheet_to_sign(painted: Shell) -> None:
    assert painted.run("proof", "tea.png").returncode == 2
    painted.environment["PACKDESK_LANGUAGE"] = "de"
    added = ("back", "text", "words=Hi", "x=10", "y=10", "ink=spot Tea Red: cmyk 0 90 80 10")
    assert painted.run("objects", "add", *added).returncode == 0
    done = painted.run("proof", "tea.pdf", "--style", "cross")
    assert (done.returncode, done.stdout, done.stderr) == (0, "tea.pdf\n", "")
    assert painted.run("proof", "tea.pdf").returncode == 1, "it is there already"
    with pypdfium2.PdfDocument(painted.folder / "tea.pdf") as document:
        text = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert "Faltart Schachtel, Kreuz" in text
    assert "Warnung" in text
    assert "Sonderfarbe Tea Red: Rückseite" in text
