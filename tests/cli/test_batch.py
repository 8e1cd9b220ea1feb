"""The command for ranges: what is wrong is told by row and column, and nothing is made by a dry run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.ranges import CODES, base_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from support.shell import Shell


def test_a_range_is_checked_then_made_then_kept(qapp: QApplication, tmp_path: Path, shell: Shell) -> None:
    base, table, out = base_file(tmp_path), tmp_path / "range.csv", tmp_path / "out"
    words = ("batch", str(table), "--design", str(base), "--out", str(out), "--dpi", "150", "--jobs", "1")

    table.write_text(f"EAN;Breite;Preis\n{CODES[0]};70;1\n4006381330016;5;2\n", "cp1252")
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
    assert "1 of the files are there already, and not of this range: Sol Field-Tea-3.pdf." in planned.stderr
