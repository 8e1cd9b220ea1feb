"""The command for ranges: what is wrong is told by row and column, and nothing is made by a dry run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.ranges import CODES, base_file

from packdesk.batch.running import RangeProgress
from packdesk.cli.batch import Printer, followed
from packdesk.cli.output import say
from packdesk.errors import OutputUnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from support.shell import Shell


def test_a_range_is_checked_then_made_then_kept(qapp: QApplication, tmp_path: Path, shell: Shell) -> None:
    base, table, out = base_file(tmp_path), tmp_path / "range.csv", tmp_path / "out"
    words = ("batch", str(table), "--design", str(base), "--out", str(out), "--dpi", "150", "--jobs", "1")

    table.write_text(f"EAN;Breite;Preis\n{CODES[0]};70;1\n4006381330016;5;2\n", "cp1252")
    nowhere = shell.run("batch", str(table), "--design", str(base), "--out", "")
    assert nowhere.stderr == "packdesk: No folder is named for the range. Name a folder. --out FOLDER.\n"
    store = shell.run("batch", str(table), "--design", str(base), "--out", "s3://bucket/tea")
    assert store.stderr == (
        "packdesk: Only workers of a queue put files in a place like s3://bucket/tea. "
        "Name a folder, or a queue. --out FOLDER, or --queue redis://….\n"
    )
    refused = shell.run(*words)
    assert refused.returncode == 1
    assert "row 3, column “EAN”: The barcode number 4006381330016 is mistyped" in refused.stderr
    assert "row 3, column “Breite”: The width of 5 mm is out of range." in refused.stderr
    assert not out.exists()

    table.write_text(f"EAN;Breite;Preis\n{CODES[0]};70;1\n", "cp1252")
    planned = shell.run(*words, "--dry-run")
    assert planned.stdout == "row 2: Sol Field-Tea-2 (pdf)\n"
    assert "Not used: Preis" in planned.stderr
    assert not out.exists()

    assert shell.json(*words, "--json")["made"] == 1
    assert sorted(path.name for path in out.glob("[!.]*")) == [
        "Sol Field-Tea-2.pdf",
        "contact-sheet.pdf",
        "report.csv",
    ]

    (out / "Sol Field-Tea-3.pdf").write_bytes(b"mine")
    table.write_text(f"EAN;Breite;Preis\n{CODES[0]};70;1\n{CODES[1]};70;1\n", "cp1252")
    planned = shell.run(*words, "--dry-run")
    assert planned.stdout == "row 2: Sol Field-Tea-2 (pdf), made before\nrow 3: Sol Field-Tea-3 (pdf)\n"
    assert "2 rows, 1 of them made before, 6 pictures to be painted." in planned.stderr
    assert "A file is there already, and not of this range: Sol Field-Tea-3.pdf." in planned.stderr


def test_what_cannot_be_printed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(OutputUnwritableError, match="stdout cannot be written"):
            say("row 2")


class _Cancelled:
    def run(self, listener: Callable[[RangeProgress], None]) -> None:
        listener(RangeProgress("a", 2, 1, 3, None))
        raise KeyboardInterrupt


def test_a_range_that_is_cancelled_is_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        followed(_Cancelled(), Printer(as_json=True), 3)  # type: ignore[arg-type]  # all that is asked of it
    assert json.loads(capsys.readouterr().out) == {"cancelled": True, "done": 2, "failed": 1, "total": 3}
