"""Writing files so that no reader ever sees half of one."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from typing import TYPE_CHECKING

from packdesk.errors import OutputUnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write beside the target and rename over it; on failure nothing is left behind.

    Args:
        path: the target; its folder is made.
        data: its new content.
        private: whether nobody but the owner may read it.

    Raises:
        OSError: the folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".writing-{uuid.uuid4().hex}")
    try:
        # "x" makes it with the usual permissions; a temporary file would be private, also in a shared folder.
        with beside.open("xb") as file:
            if private:
                beside.chmod(0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


@contextlib.contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """A free path beside the target, for a file or a folder, which takes the target's place in the end.

    A folder there is replaced whole. If the block fails, nothing is left behind, nor any folder made for it.

    Raises:
        OSError: the folder cannot be made or written.
    """
    target = target.resolve()
    made = [folder for folder in target.parents if not folder.exists()]
    beside = target.with_name(f".writing-{uuid.uuid4().hex}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        _take_place(beside, target)
    except BaseException:
        _remove(beside)
        for folder in made:
            with contextlib.suppress(OSError):  # somebody else uses it by now
                folder.rmdir()
        raise


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


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


@contextlib.contextmanager
def output_file(target: Path, *, folder: bool = False) -> Iterator[Path]:
    """A free path beside something the user asked for, as `written_beside` gives it.

    Args:
        target: what the user named.
        folder: whether it is to be a folder, which may then take another one's place.

    Raises:
        OutputUnwritableError: it cannot be written, or a folder stands where a file should.
    """
    with _said(target):
        if target.is_dir() and not folder:
            raise OutputUnwritableError(f"{target} is a folder.", "Name a file in it.")
        with written_beside(target) as path:
            yield path


def write_output(file: Path, data: bytes) -> None:
    """Write a file the user asked for, beside it first and then over it.

    Raises:
        OutputUnwritableError: it cannot be written.
    """
    with _said(file):
        write_atomically(file, data)


@contextlib.contextmanager
def _said(target: Path) -> Iterator[None]:
    """Whatever the system refuses, in a sentence."""
    try:
        yield
    except OSError as error:
        raise OutputUnwritableError(
            f"{target} cannot be written.", "Check the folder and its free space, or name another."
        ) from error
