"""Small faults put into the code, one at a time: do the tests of its room notice?

    python benchmarks/mutants.py [--count 50] [--seed N] [--rooms domain export ...] [--jobs 2]

The places are random ones of `mutations.py`; each is tried in a copy of the tree. First the test files that
name the module run, then the rest of its room's, until one fails. Exits 1 if fewer than nine in ten are
noticed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from mutations import ROOT, Mutant, mutants_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOMS = ("domain", "services", "store", "textures", "export")
PATIENCE_S = 400.0
MEMORY_BYTES = 12 << 30


class Copy:
    """A copy of the tree in which one change at a time is tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = ["git", "-C", str(ROOT), "ls-files"]
        ours = [*listed, "-co", "--exclude-standard"]
        built = [*listed, "-oi", "--exclude-standard", "assets"]  # by `make setup`, for review pages
        found = [subprocess.run(one, check=True, capture_output=True, text=True) for one in (ours, built)]
        for name in "".join(one.stdout for one in found).splitlines():
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def tries(self, mutant: Mutant) -> str:
        """Which test notices; empty when none does."""
        path = self.folder / mutant.path
        raw = path.read_bytes()
        try:
            path.write_bytes(raw[: mutant.start] + mutant.new + raw[mutant.end :])
            self._forget(path)
            return self.first_failure(self._tests(mutant))
        finally:
            path.write_bytes(raw)
            self._forget(path)

    def _forget(self, path: Path) -> None:
        """A change within the same second leaves a compiled module that looks new."""
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()

    def _tests(self, mutant: Mutant) -> list[str]:
        """The files of the room, those that name the module first."""
        *package, name = mutant.path.with_suffix("").parts
        named = re.compile(rf"{'.'.join(package)}(\.| import .*){name}\b")
        files = sorted((self.folder / "tests" / mutant.room).rglob("test_*.py"))
        files.sort(key=lambda file: not named.search(file.read_text("utf-8")))
        return [str(file.relative_to(self.folder)) for file in files]

    def first_failure(self, files: Sequence[str]) -> str:
        """The first test that fails; empty when all pass."""
        words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header", *files]
        process = subprocess.Popen(
            words,
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        try:
            said = process.communicate(timeout=PATIENCE_S)[0]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return "it never ends"
        if process.returncode == 0:
            return ""
        failed = re.search(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
        return failed[1].removeprefix("tests/") if failed else f"the run ends with {process.returncode}"


def try_all(chosen: Sequence[Mutant], rooms: Sequence[str], jobs: int) -> list[str]:
    """What notices each; each job has a copy of its own."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        idle: SimpleQueue[Copy] = SimpleQueue()
        for number in range(jobs):
            idle.put(Copy(Path(folder, str(number))))

        def in_a_copy(work: Mutant | str) -> str:
            copy = idle.get()
            try:
                noticed = copy.first_failure([f"tests/{work}"]) if isinstance(work, str) else copy.tries(work)
            finally:
                idle.put(copy)
            if isinstance(work, Mutant):
                print(f"{work.place}  {work.shown}  {noticed or 'LIVED'}", flush=True)
            return noticed

        for room, failed in zip(rooms, pool.map(in_a_copy, rooms), strict=True):
            if failed:
                raise SystemExit(f"The tests of {room} fail without any change: {failed}")
        return list(pool.map(in_a_copy, chosen))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    parser.add_argument("--rooms", nargs="+", default=ROOMS)
    parser.add_argument("--jobs", type=int, default=2)
    said = parser.parse_args()
    everything = [mutant for room in said.rooms for mutant in mutants_of(room)]
    chosen = random.Random(said.seed).sample(everything, min(said.count, len(everything)))
    print(f"seed {said.seed}: {len(chosen)} of {len(everything)} possible changes", flush=True)
    noticed = try_all(chosen, said.rooms, said.jobs)
    print()
    for one, by in zip(chosen, noticed, strict=True):
        if not by:
            print(f"LIVED  {one.place}  {one.shown}")
    print(f"seed {said.seed}: {sum(map(bool, noticed))} of {len(chosen)} noticed")
    raise SystemExit(sum(map(bool, noticed)) < 0.9 * len(chosen))


if __name__ == "__main__":
    main()
