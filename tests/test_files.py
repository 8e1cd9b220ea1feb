"""Files of our own and files for others: who may read them, what is never written over, what is swept."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from packdesk.errors import OutputUnwritableError
from packdesk.files import (
    check_free,
    make_private,
    output_file,
    output_files,
    read_file,
    sweep,
    tighten,
    write_atomically,
    write_output,
)
from packdesk.programs import find_program
from packdesk.stopping import Stop, StoppedError, stoppable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="about the permissions of POSIX")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_private_files_lie_in_private_folders(tmp_path: Path) -> None:
    file = tmp_path / "new" / "inner" / "state.json"
    write_atomically(file, b"{}", private=True)
    assert [_mode(path) for path in (file, file.parent, file.parent.parent)] == [0o600, 0o700, 0o700]


def test_what_an_older_version_left_open_is_closed_but_for_shared_folders(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("textures/a.png", "jobs/b.json", "team/c.png"):
        write_atomically(data / name, b"x")
    outside = tmp_path / "outside"
    outside.touch(0o644)
    (data / "jobs" / "link").symlink_to(outside)
    for path in (data, data / "textures", data / "jobs", data / "team"):
        path.chmod(0o755)
    tighten(data, [data / "team"])
    closed = ("textures", "textures/a.png", "jobs", "jobs/b.json")
    assert [_mode(data / name) for name in closed] == [0o700, 0o600, 0o700, 0o600]
    assert [_mode(path) for path in (data, data / "team", data / "team/c.png", outside)] == [
        0o755,
        0o755,
        0o644,
        0o644,
    ]
    tighten(data)
    assert [_mode(path) for path in (data, data / "team", data / "team/c.png")] == [0o700, 0o700, 0o600]


def test_only_what_is_a_day_old_and_ours_is_swept(tmp_path: Path) -> None:
    old, new, other = (
        tmp_path / name for name in (f".writing-{'a' * 32}", f".writing-{'b' * 32}", ".writing-x")
    )
    for path in (old, new, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (0, 0))
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([new, other])


def test_a_link_is_something_that_is_there_and_is_left_alone(tmp_path: Path) -> None:
    precious, link, nowhere = tmp_path / "precious", tmp_path / "link.pdf", tmp_path / "nowhere.pdf"
    precious.write_text("kept")
    link.symlink_to(precious)
    nowhere.symlink_to(tmp_path / "missing")
    for place in (link, nowhere):
        with pytest.raises(OutputUnwritableError, match="already exists"):
            check_free(place, force=False)
        with pytest.raises(OutputUnwritableError, match="is a link"):
            check_free(place, force=True)
        with pytest.raises(OutputUnwritableError, match="is a link"):
            write_output(place, b"new")
        assert place.is_symlink()
    assert precious.read_text() == "kept"
    assert not (tmp_path / "missing").exists()


def test_a_link_to_a_folder_is_left_alone_and_the_folder_stays(tmp_path: Path) -> None:
    folder, link = tmp_path / "folder", tmp_path / "panels"
    make_private(folder)
    (folder / "kept").touch()
    link.symlink_to(folder)
    with pytest.raises(OutputUnwritableError, match="is a link"), output_file(link, folder=True):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "panels"]
    assert (folder / "kept").exists()


def test_programs_are_not_looked_for_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    real = tmp_path / "bin" / "ffmpeg"
    real.parent.mkdir()
    for program in (tmp_path / "ffmpeg", real):
        program.touch(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "bin"]))
    assert find_program("ffmpeg") is None
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(real.parent)]))
    assert find_program("ffmpeg") == str(real)


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(OutputUnwritableError, match="no folder"), output_file(loop / "a.pdf"):
        pass
    tighten(tmp_path, [loop])
    write_atomically(loop, b"new")
    assert loop.read_bytes() == b"new"


def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path, tmp_path / "none"):
        with pytest.raises(OSError):
            read_file(place)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(OSError):
        read_file(tmp_path / "loop")
    (tmp_path / "file").write_bytes(b"content")
    assert read_file(tmp_path / "file") == b"content"


def test_pipes_and_devices_are_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "a.pdf"
    os.mkfifo(pipe)
    for place in (pipe, Path("/dev/null")):
        with pytest.raises(OutputUnwritableError, match="pipe or a device"):
            check_free(place, force=True)
        with pytest.raises(OutputUnwritableError, match="pipe or a device"):
            write_output(place, b"new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_no_folder_is_made_silently(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritableError, match="There is no folder"):
        write_output(tmp_path / "tpyo" / "a.pdf", b"new")
    with pytest.raises(OutputUnwritableError, match="There is no folder"):
        check_free(tmp_path / "tpyo" / "a.pdf", force=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("several", [False, True])
def test_what_is_stopped_takes_no_place_and_leaves_nothing(tmp_path: Path, several: bool) -> None:
    targets = [tmp_path / name for name in (("a.obj", "a.mtl") if several else ("a.glb",))]
    for target in targets:
        target.write_text("old")
    stop = Stop()
    with pytest.raises(StoppedError), stoppable(stop), output_files(*targets) as besides:  # noqa: PT012  (within)
        for beside in besides:
            beside.write_text("new")
        assert stop.set(), "in time"
    assert sorted(tmp_path.iterdir()) == sorted(targets)
    assert {target.read_text() for target in targets} == {"old"}
    with pytest.raises(StoppedError), stoppable(stop):
        write_output(targets[0], b"new")
    assert targets[0].read_text() == "old"


def test_what_is_in_its_place_is_stopped_too_late(tmp_path: Path) -> None:
    stop = Stop()
    with stoppable(stop):
        write_output(tmp_path / "a.glb", b"new")
    assert not stop.set()


def test_a_process_that_ends_without_unwinding_takes_away_what_it_has_begun(tmp_path: Path) -> None:
    stop = Stop()
    with stoppable(stop), output_file(tmp_path / "a", folder=True) as beside:
        beside.mkdir()
        (beside / "front.png").touch()
        stop.undo_all()
        assert list(tmp_path.iterdir()) == []
        beside.mkdir()
