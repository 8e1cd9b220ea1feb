"""Reviews are kept beside a design by any number of programs."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.answers import AT, HASH

from packdesk.domain.remarks import Reviews
from packdesk.domain.review import issue_review
from packdesk.errors import OutputUnwritableError
from packdesk.store.reviews import KeptReviews

if TYPE_CHECKING:
    from pathlib import Path

ADD = """
import sys
from pathlib import Path
from packdesk.domain.review import issue_review
from packdesk.store.reviews import KeptReviews
kept = KeptReviews(Path(sys.argv[1]), "place")
for _ in range(20):
    kept.change(None, lambda now: now.with_issued(issue_review("a" * 64, "Tea", "2026-11-28T07:00:00Z")))
"""


def test_what_two_programs_add_is_all_there(tmp_path: Path) -> None:
    words = [sys.executable, "-c", ADD, str(tmp_path / "new")]
    programs = [subprocess.Popen(words) for _ in range(2)]
    assert [program.wait(60) for program in programs] == [0, 0]
    kept = KeptReviews(tmp_path / "new", "place").read(None)
    assert len(kept.issued) == 40
    assert KeptReviews(tmp_path / "new", "other").read(None) == Reviews()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new" / "reviews").iterdir()}
    assert modes == {0o600}, "there are keys in it"


def test_what_cannot_be_read_stays_under_another_name(tmp_path: Path) -> None:
    kept = KeptReviews(tmp_path, "place")
    kept.change(None, lambda now: now.with_issued(issue_review(HASH, "Tea", AT)))
    (file,) = tmp_path.rglob("*.json")
    damaged = file.read_bytes()[:-9]
    file.write_bytes(damaged)
    assert kept.read(None) == Reviews()
    assert kept.damaged() == [file]
    assert KeptReviews(tmp_path, "other").damaged() == []
    kept.change(None, lambda now: now.with_issued(issue_review(HASH, "Soap", AT)))
    assert [one.name for one in kept.read(None).issued] == ["Soap"]
    assert [path.read_bytes() for path in kept.damaged()] == [damaged]


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    KeptReviews(tmp_path, "place").change(None, lambda now: now)
    assert not list(tmp_path.rglob("*.json"))


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputUnwritableError, match="cannot be kept"):
        KeptReviews(tmp_path / "file", "place").change(
            None, lambda now: now.with_issued(issue_review(HASH, "", AT))
        )


def test_each_design_of_a_store_has_its_own(tmp_path: Path) -> None:
    kept, other = KeptReviews(tmp_path, "place"), KeptReviews(tmp_path, "other")
    for one, began in ((kept, AT), (kept, None), (other, AT)):
        one.change(began, lambda now: now.with_issued(issue_review(HASH, "Tea", AT)))
    assert [len(kept.read(began).issued) for began in (AT, None, "2026-11-28T07:00:01Z")] == [1, 1, 0]
    assert kept.read("2026-11-28T08:00:00+01:00") == kept.read(AT)
    kept.remove()
    assert [len(one.read(AT).issued) for one in (kept, other)] == [0, 1]
