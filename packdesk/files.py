"""Writing files so that no reader ever sees half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import time
import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from packdesk.errors import OutputUnwritableError
from packdesk.sentence import Sentence
from packdesk.stopping import placing, undone_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from filelock import FileLock

_BESIDE = re.compile(r"\.writing-[0-9a-f]{32}")
_FORGOTTEN_S = 24 * 3600.0
_OTHERS = 0o077
_BINARY = getattr(os, "O_BINARY", 0)  # Windows


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write beside the target and rename over it; on failure, or when it is stopped, nothing is left behind.

    Args:
        path: the target; its folder is made.
        data: its new content.
        private: whether nobody but the owner may read it, or look into a folder made for it.

    Raises:
        OSError: the folder cannot be made or written.
    """
    if private:
        make_private(path.parent)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".writing-{uuid.uuid4().hex}")
    with undone_by(partial(_remove, beside)):
        try:
            _write_through(beside, data, file_mode(private=private))
            with placing():
                beside.replace(path)
        except BaseException:
            _remove(beside)
            raise


def _write_through(path: Path, data: bytes, mode: int) -> None:
    # The usual permissions; a temporary file would be private, also in a shared folder.
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with os.fdopen(opened, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def written_beside(*targets: Path) -> Iterator[tuple[Path, ...]]:
    """Free paths beside targets in one folder, for files or folders, which take their places in the end.

    All of them do, or none: in the order they are named. A folder there is replaced whole. If the block fails
    or is stopped, nothing is left behind.

    Raises:
        OSError: the folder is not there, or cannot be written.
    """
    folder = real_path(targets[0].parent)
    sweep(folder)
    besides = tuple(folder / f".writing-{uuid.uuid4().hex}" for _ in targets)
    with undone_by(partial(_remove_all, besides)):
        try:
            yield besides
            with placing():
                for beside, target in zip(besides, targets, strict=True):
                    _take_place(beside, folder / target.name)
        except BaseException:
            _remove_all(besides)
            raise


def read_file(path: Path) -> bytes:
    """The content of a file of ours; a pipe or a device in its place, which may never end, is not read.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    if not path.is_file():
        path.lstat()  # says that nothing is there
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return path.read_bytes()


def real_path(path: Path) -> Path:
    """Without links; unlike `Path.resolve` it takes a link to itself as it is."""
    return Path(os.path.realpath(path))


def _take_place(beside: Path, target: Path) -> None:
    if not target.is_dir():
        beside.replace(target)
        return
    former = target.with_name(f".former-{uuid.uuid4().hex}")
    target.replace(former)
    try:
        beside.replace(target)
    except BaseException:
        former.replace(target)
        raise
    _remove(former)


def remove_tree(folder: str | Path) -> None:
    """Take a folder away with all in it, as far as that can be."""
    shutil.rmtree(folder, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        remove_tree(path)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _remove_all(paths: Collection[Path]) -> None:
    for path in paths:
        _remove(path)


@contextlib.contextmanager
def output_file(target: Path, *, folder: bool = False) -> Iterator[Path]:
    """A free path beside something the user asked for, as `written_beside` gives it.

    Args:
        target: what the user named.
        folder: whether it is to be a folder, which may then take another one's place.

    Raises:
        OutputUnwritableError: it cannot be written, or something stands there that no file replaces.
    """
    with output_files(target, folders=[target] if folder else []) as (path,):
        yield path


@contextlib.contextmanager
def output_files(*targets: Path, folders: Collection[Path] = ()) -> Iterator[tuple[Path, ...]]:
    """As `output_file`, for several that belong together.

    Args:
        targets: what the user named, and what comes with it, in one folder. The first takes its place last:
            whoever finds it finds the others.
        folders: those that are to be folders.

    Raises:
        OutputUnwritableError: as `output_file`.
    """
    with _said(targets[0]):
        for target in targets:
            check_replaceable(target, folder=target in folders)
        with written_beside(*reversed(targets)) as paths:
            yield paths[::-1]


def write_output(file: Path, data: bytes) -> None:
    """Write a file the user asked for, beside it first and then over it.

    Raises:
        OutputUnwritableError: as `output_file`.
    """
    with _said(file):
        check_replaceable(file)
        sweep(file.parent)
        write_atomically(file, data)


def check_free(target: Path, *, force: bool) -> None:
    """Refuse a place where something stands already, be it a link to nowhere, unless it may be replaced.

    Raises:
        OutputUnwritableError: it has no name; something is there; or there is no such folder, or what is
            there is left alone.
    """
    if str(target) == "-":
        raise OutputUnwritableError(
            "“-” is not the name of a file.", "Name one.", terminal="“packdesk export” writes to stdout."
        )
    if target.name in {"", ".."}:  # an empty one is the folder one stands in
        raise OutputUnwritableError("The name of the file is missing.", "Name one.")
    if not force and os.path.lexists(target):
        raise OutputUnwritableError(
            Sentence("{target} already exists.", target=target),
            "Choose another name.",
            terminal="--force replaces it.",
        )
    with _said(target):
        check_replaceable(target, folder=True)


def check_replaceable(target: Path, *, folder: bool = False) -> None:
    """Refuse a place that is no file's: links, pipes and devices are left alone, no folder is made silently.

    Args:
        target: what the user named.
        folder: whether a folder may be there.

    Raises:
        OutputUnwritableError: it is such a place.
    """
    if not target.parent.is_dir():
        raise OutputUnwritableError(
            Sentence("There is no folder {folder}.", folder=target.parent), "Make it first, or name another."
        )
    if target.is_symlink():
        raise OutputUnwritableError(
            Sentence("{target} is a link, and was left alone.", target=target),
            "Name the file itself, or remove the link.",
        )
    if target.is_dir() and not folder:
        raise OutputUnwritableError(Sentence("{target} is a folder.", target=target), "Name a file in it.")
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise OutputUnwritableError(
            Sentence("{target} is a pipe or a device, and was left alone.", target=target), "Name a file."
        )


@contextlib.contextmanager
def _said(target: Path) -> Iterator[None]:
    """Whatever the system refuses, in a sentence."""
    try:
        yield
    except OSError as error:
        raise OutputUnwritableError(
            Sentence("{target} cannot be written.", target=target),
            "Check the folder and its free space, or name another.",
        ) from error


# --- folders of our own


def remove_folder(folder: Path) -> None:
    """Have a folder gone at once: renamed first. What a killed process leaves of it is swept a day later.

    Raises:
        OSError: it cannot be renamed; it is there as it was.
    """
    beside = folder.with_name(f".writing-{uuid.uuid4().hex}")
    folder.replace(beside)
    _remove(beside)


def file_mode(*, private: bool) -> int:
    """The permissions of a new file: the owner's only, or what the umask leaves of everybody's."""
    return 0o600 if private else 0o666


def process_lock(file: Path, *, private: bool = True) -> FileLock:
    """A lock that one process holds, released by the system when that ends; not acquired yet.

    Args:
        file: may be new.
        private: whether only the owner may see a new one.
    """
    from filelock import FileLock  # noqa: PLC0415  (most windows open without a lock)

    mode = file_mode(private=True) if private else -1  # -1 leaves it to the umask
    return FileLock(file, mode=mode, thread_local=False)


def make_private(folder: Path) -> None:
    """Make a folder, and those it lies in, that only the owner can look into; an existing one stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    if not folder.parent.exists():
        make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def tighten(folder: Path, shared: Collection[Path] = ()) -> None:
    """Take from everybody but the owner what an older version let them read; nothing to do on Windows.

    Once the folder itself is closed, what lies in it was closed before and is not looked at again.

    Args:
        folder: ours; it may be missing.
        shared: folders meant for others. Those within the folder stay as they are, and can be reached.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # missing, or somebody else's
        if folder.is_symlink() or not stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
            return
        spared = {real_path(place) for place in shared}
        passed = {parent for place in spared for parent in place.parents}
        _tighten(real_path(folder), spared, passed)


def _tighten(folder: Path, spared: Collection[Path], passed: Collection[Path]) -> None:
    if folder in spared:
        return
    for path in folder.iterdir():
        if path.is_symlink():
            continue
        if path.is_dir():
            _tighten(path, spared, passed)
        else:
            _close(path)
    if folder not in passed:
        _close(folder)


def _close(path: Path) -> None:
    with contextlib.suppress(OSError):  # gone meanwhile, or somebody else's
        path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS)


def sweep(folder: Path) -> None:
    """Remove what a killed process of ours has begun to write there, once it is a day old."""
    with contextlib.suppress(OSError):  # no such folder, or not ours to sweep
        for path in folder.iterdir():
            if _BESIDE.fullmatch(path.name) and time.time() - path.lstat().st_mtime > _FORGOTTEN_S:
                _remove(path)
