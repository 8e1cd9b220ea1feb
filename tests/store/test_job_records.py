"""Records of running jobs."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from packdesk.domain.panels import FlatSize
from packdesk.domain.state import PanelTexture, new_texture
from packdesk.errors import InvalidInputError, NotPossibleError
from packdesk.store.job_records import JobFolder, JobRecord

if TYPE_CHECKING:
    from pathlib import Path

PANELS = tuple(f"p{number}" for number in range(24))


def texture(panel_id: str) -> PanelTexture:
    return new_texture(panel_id, f"file:///{panel_id}.png", "a prompt", FlatSize(width=1, height=1), "now")


def record(job_id: str = "one", place: str = "here") -> JobRecord:
    return JobRecord(
        id=job_id, place=place, prompt="a prompt", package_type="box", panel_ids=PANELS, started_at="now"
    )


def test_pictures_that_finish_side_by_side_are_all_noted(tmp_path: Path) -> None:
    jobs = JobFolder(tmp_path, "here")
    job = jobs.begin(record())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(job.note, [texture(panel_id) for panel_id in PANELS]))
    job.end(keep=True)
    (found,) = jobs.interrupted()
    assert set(found.textures) == set(PANELS)
    assert found.missing() == ()


def test_a_running_job_is_not_offered_and_not_taken_twice(tmp_path: Path) -> None:
    jobs = JobFolder(tmp_path, "here")
    job = jobs.begin(record())
    job.note(texture("p0"))
    assert jobs.interrupted() == []
    with pytest.raises(NotPossibleError):
        jobs.begin(record())
    job.end(keep=True)
    assert [found.id for found in jobs.interrupted()] == ["one"]


def test_a_job_of_a_killed_process_is_offered(tmp_path: Path) -> None:
    code = f"""
import os, sys
sys.path[:0] = {sys.path!r}
from store.test_job_records import *
from pathlib import Path
job = JobFolder(Path({str(tmp_path)!r}), "here").begin(record())
job.note(texture("p3"))
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    (found,) = JobFolder(tmp_path, "here").interrupted()
    assert set(found.textures) == {"p3"}


def test_a_done_or_empty_job_leaves_nothing(tmp_path: Path) -> None:
    jobs = JobFolder(tmp_path, "here")
    jobs.begin(record("empty")).end(keep=True)
    done = jobs.begin(record("done"))
    done.note(texture("p0"))
    done.end(keep=False)
    assert list(tmp_path.iterdir()) == []


def test_jobs_of_other_stores_and_broken_records_are_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = JobFolder(tmp_path, "here")
    other = jobs.begin(record("other", place="elsewhere"))
    other.note(texture("p0"))
    other.end(keep=True)
    (tmp_path / "broken.json").write_text("{")
    assert jobs.interrupted() == []
    assert "broken.json" in caplog.text


def test_a_job_is_found_by_the_beginning_of_its_name(tmp_path: Path) -> None:
    jobs = JobFolder(tmp_path, "here")
    for name in ("abc1", "abd2"):
        job = jobs.begin(record(name))
        job.note(texture("p0"))
        job.end(keep=True)
    assert jobs.find("abc").id == "abc1"
    for unclear in ("ab", "x"):
        with pytest.raises(InvalidInputError):
            jobs.find(unclear)
    jobs.discard("abc1")
    assert [found.id for found in jobs.interrupted()] == ["abd2"]
