"""Pictures of the package and files for others, each made by a packdesk of its own: what draws needs Qt."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packdesk.app.launch import own_command
from packdesk.errors import InvalidInputError, NotPossibleError, PackdeskError, UnexpectedError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEADLINE_S = 120.0
AT_A_TIME = 2
MAX_WAITING = 8
WRONGLY_USED = 2
_TOLD = "packdesk: "
_PANEL = re.compile(rf"{_TOLD}([a-z]+): ")


class MadeFile(NamedTuple):
    """A file that was made, and the panels that are bare in it."""

    content: bytes
    missing: tuple[str, ...]


class FileMaker:
    """Runs `packdesk render` and `packdesk export`, a few at a time.

    Args:
        design: the ID of the design on this machine that is served; empty in a shared store.
    """

    def __init__(self, design: str = "") -> None:
        self._environment = {**os.environ, **({"PACKDESK_DESIGN": design} if design else {})}
        self._turns = asyncio.Semaphore(AT_A_TIME)
        self._asked = 0

    async def make(self, command: str, name: str, words: Sequence[str]) -> MadeFile:
        """The file a command writes.

        Args:
            command: `render` or `export`.
            name: of the file; its ending says which kind.
            words: further words of the command line.

        Raises:
            NotPossibleError: too many others wait already.
            InvalidInputError: the command refused its words.
            PackdeskError: it failed, in its own words.
        """
        if self._asked >= MAX_WAITING:
            raise NotPossibleError("Too many files are being made already.", "Try again in a moment.")
        self._asked += 1
        try:
            async with self._turns:
                return await self._made(command, name, words)
        finally:
            self._asked -= 1

    async def _made(self, command: str, name: str, words: Sequence[str]) -> MadeFile:
        with tempfile.TemporaryDirectory(prefix="packdesk-") as folder:
            file = Path(folder) / name
            code, told = await _run(own_command(command, str(file), *words), self._environment)
            if code != 0:
                raise _failure(code, told)
            content = await asyncio.to_thread(file.read_bytes)
        found = (_PANEL.match(line) for line in told.splitlines())
        return MadeFile(content, tuple(one.group(1) for one in found if one))


async def _run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Exit code and stderr of a command; it does not outlive the one who waits for it."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
    )
    try:
        async with asyncio.timeout(DEADLINE_S):
            _, told = await process.communicate()
    except TimeoutError:
        raise NotPossibleError("The file took too long to make.", "Ask for a smaller one.") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()  # and with it the screen it draws on
            await process.wait()
    assert process.returncode is not None  # it has ended
    return process.returncode, told.decode("utf-8", "replace")


def _failure(code: int, told: str) -> PackdeskError:
    sentences = [line.removeprefix(_TOLD) for line in told.splitlines() if line.startswith(_TOLD)]
    if code == WRONGLY_USED:
        return InvalidInputError((sentences or _usage(told))[-1], "")
    if sentences:
        return NotPossibleError(sentences[-1], "")
    return UnexpectedError(
        Sentence("The file cannot be made: the program ended with {code}.", code=code), "Try again."
    )


def _usage(told: str) -> list[str]:
    return [line.partition("Error: ")[2] or line for line in told.splitlines()] or ["It cannot be made so."]
