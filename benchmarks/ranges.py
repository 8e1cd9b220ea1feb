"""A range of many rows with shared artwork and an EAN-13 each: seconds a row, memory, kills.

The base design is painted as `packdesk generate-all` does; with `--objects` its words and bars are objects,
and nothing is painted for a row. The command is killed (SIGKILL, with all its processes) as often as asked
for, at moments evenly spread, and begun again. Exits 1 if a row is missing, was made twice, or failed, or if
memory grew with the rows. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tables import table

from packdesk.batch.files import FolderFiles
from packdesk.batch.journal import Journal
from packdesk.domain.pack_words import check_digit

LAYERS = ("--dpi", "300")
GROWTH = 1.2
PROMPT = "Vintage floral pattern in navy and blush with gold"


def environment(folder: Path) -> dict[str, str]:
    ours = {f"PACKDESK_{name}_DIR": str(folder / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    return {**os.environ, **ours, "PACKDESK_PROVIDER": "offline"}


def packdesk(folder: Path, *words: str) -> None:
    command = [sys.executable, "-m", "packdesk", *words]
    subprocess.run(command, env=environment(folder), check=True, capture_output=True)


def make_base(folder: Path, *, objects: bool) -> Path:
    file = folder / "base.packdesk"
    packdesk(folder, "dimensions", "box", "100", "150", "60")
    if objects:
        packdesk(folder, "generate-all", PROMPT, "--brand", "")
        packdesk(
            folder, "objects", "add", "front", "text", "words={brand}", "x=15", "y=20", "width=70", "size=24"
        )
        packdesk(folder, "objects", "add", "back", "barcode", "value=4006381333931", "x=30", "y=110")
    else:
        packdesk(folder, "generate-all", PROMPT, "--brand", "Sol Field", "--product", "Evening Tea")
    packdesk(folder, "export", str(file), "--force")
    return file


def write_table(file: Path, rows: int) -> None:
    lines = ["brand;code"]
    for number in range(rows):
        digits = f"40063{number:07d}"
        lines.append(f"Sol Field;{digits}{check_digit(digits)}")
    file.write_text("\n".join(lines), "utf-8")


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def memory_mb(pid: int) -> float:
    """What all of them have together, shared pages shared (PSS)."""
    total = 0.0
    for one in family(pid):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


class Watched:
    """A run of the command: the rows made so far, and the memory at that many."""

    def __init__(self, folder: Path, words: list[str], out: Path) -> None:
        self.out = out
        self.memory: dict[int, float] = {}
        self.process = subprocess.Popen(
            words,
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def rows(self) -> int:
        return len(list(self.out.glob("*.pdf")))

    def _look(self) -> None:
        while not self._ended.wait(1):
            rows = self.rows()
            try:
                used = memory_mb(self.process.pid)
            except OSError:
                continue
            self.memory[rows] = max(self.memory.get(rows, 0), used)

    def kill(self) -> None:
        for one in family(self.process.pid):
            os.kill(one, signal.SIGKILL)
        self.end()

    def end(self) -> str:
        told = self.process.communicate()[0]
        self._ended.set()
        self._thread.join()
        return told.decode()


def made(out: Path, rows: int) -> dict[str, int]:
    """When the file of every row that is made was written."""
    journal = Journal(FolderFiles(out))
    names = [str(number) for number in range(2, rows + 2)]
    records = {name: journal.read(name) for name in names}
    return {
        name: (out / f"{name}.pdf").stat().st_mtime_ns
        for name, record in records.items()
        if record is not None and record.state == "made"
    }


def run(folder: Path, asked: argparse.Namespace) -> bool:
    base, csv, out = make_base(folder, objects=asked.objects), folder / "range.csv", folder / "out"
    write_table(csv, asked.rows)
    words = [sys.executable, "-m", "packdesk", "batch", str(csv), "--design", str(base), "--out", str(out)]
    words += ["--kinds", asked.kinds, "--jobs", str(asked.jobs), "--name", "{row}", "--json", *LAYERS]
    began, kept, twice = time.monotonic(), {}, 0
    memory: dict[int, float] = {}
    for kill in range(1, asked.kills + 1):
        one = Watched(folder, words, out)
        while one.process.poll() is None and one.rows() < asked.rows * kill / (asked.kills + 1):
            time.sleep(0.5)
        one.kill()
        now = made(out, asked.rows)
        twice += sum(now.get(name) != moment for name, moment in kept.items())
        kept, memory = now, {**memory, **one.memory}
    one = Watched(folder, words, out)
    told = json.loads(one.end())
    seconds = time.monotonic() - began
    now = made(out, asked.rows)
    twice += sum(now.get(name) != moment for name, moment in kept.items())
    return report(asked, told, {**memory, **one.memory}, seconds=seconds, there=len(now), twice=twice)


def report(
    asked: argparse.Namespace,
    told: dict[str, int],
    memory: dict[int, float],
    *,
    seconds: float,
    there: int,
    twice: int,
) -> bool:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime
    # What killed processes have used, nobody tells.
    at = {
        rows: max((mb for seen, mb in memory.items() if seen <= rows), default=0)
        for rows in (10, 100, asked.rows)
    }
    rows = [
        ("rows made, of", f"{there} of {asked.rows}"),
        ("failed", told["failed"]),
        ("made twice", twice),
        ("killed", asked.kills),
        ("seconds a row", f"{seconds / asked.rows:.2f}"),
        ("processor's seconds a row", "unknown" if asked.kills else f"{processor / asked.rows:.2f}"),
        *((f"MB at {count} rows", f"{mb:.0f}") for count, mb in at.items()),
    ]
    table(("", asked.kinds), rows)
    grown = at[asked.rows] > GROWTH * at[10] if asked.rows > 100 else False
    return there == asked.rows and not twice and not told["failed"] and not grown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kinds", default="pdf,render,bundle")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--objects", action="store_true", help="words and bars are objects")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ranges-") as folder:
        return 0 if run(Path(folder), asked) else 1


if __name__ == "__main__":
    raise SystemExit(main())
