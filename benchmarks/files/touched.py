"""What decoding hostile drawings touches: system calls that open files or sockets, as strace sees them.

    python benchmarks/files/touched.py

Needs strace, and Linux. Each file is decoded as at the door, in its process, which is followed. Only what
happens after the process has taken its limits counts: before, Python and the libraries are loaded. Typefaces
and folders that may have some are left out: letters of SVG need them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))

from support.foreign_files import pdf, svg

ROOT = Path(__file__).parent.parent.parent
SERVER = "http://127.0.0.1:9/a"
SECRET = (ROOT / "tests" / "odd_inputs" / "gama_only.png").as_posix()  # any picture
LINKS = (
    f"<image href='{SERVER}.png' width='9' height='9'/><image href='file://{SECRET}' width='9' height='9'/>"
    f"<image href='{SECRET}' width='9' height='9'/>"
    f"<use href='{SERVER}.svg#x'/><use href='{SECRET}#x'/><style>@import url({SERVER}.css);"
    f"@font-face {{ font-family: x; src: url({SERVER}.woff) }} rect {{ fill: url({SERVER}.svg#p) }}</style>"
    f"<script href='{SERVER}.js'>fetch('{SERVER}')</script><rect width='9' height='9' stroke='red'/>"
)
ENTITY = f"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://{SECRET}'><!ENTITY % y SYSTEM '{SERVER}.dtd'>%y;]>"
ACTIONS = (
    f"/AA << /O << /S /URI /URI ({SERVER}) >> >> "
    f"/XObject << /X << /Type /XObject /Subtype /Form /Ref << /F ({SECRET}) /Page 0 >> >> >>"
)
FILES = {
    "SVG with links": svg(LINKS),
    "SVG with letters and links": svg(LINKS + "<text y='9' font-family='x'>a</text>"),
    "SVG with entities": ENTITY.encode() + svg("<text>&x;</text>"),
    "PDF with actions": pdf("0 0 9 9 re f /X Do 0 0 m 9 9 l S", more=ACTIONS),
    "PDF with a file as its stream": pdf("0 0 9 9 re f").replace(
        b"<< /Length", b"<< /F (" + SECRET.encode() + b") /Length"
    ),
}
DOORS = {
    "as artwork": "from packdesk.textures.check import clean_artwork as read",
    "as a dieline": "from functools import partial; from packdesk.dielines.reading import dieline_in;"
    "read = lambda data: dieline_in(data, 'a')",
}
PROGRAM = """
import sys
{door}
if __name__ == "__main__":
    try:
        read(open(sys.argv[1], "rb").read())
    except Exception as error:
        print(type(error).__name__, error, file=sys.stderr)
"""
TRACED = "openat,open,creat,socket,connect,unlink,rename,mkdir,prlimit64,setrlimit,execve"
LIMITED = re.compile(r"(?:prlimit64|setrlimit)\(.*RLIMIT_CPU")
TYPEFACES = re.compile(r'"[^"]*(?:/fonts?/|fontconfig|/fonts"|\.ttf|\.otf|\.ttc|\.pfb|\.conf)')


def touched(data: bytes, door: str) -> list[str]:
    """The calls of the decoding process after it had its limits."""
    with tempfile.TemporaryDirectory() as folder:
        file, program, log = Path(folder, "file"), Path(folder, "program.py"), Path(folder, "log")
        file.write_bytes(data)
        program.write_text(PROGRAM.format(door=door))
        strace = ["strace", "-ff", "-qq", "-e", f"trace={TRACED}", "-o", str(log)]
        command = [*strace, sys.executable, str(program), str(file)]
        words = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, check=False, cwd=ROOT, env=words, stderr=subprocess.DEVNULL)
        logs = [one.read_text() for one in sorted(Path(folder).glob("log.*"))]
    limited = [log[found.start() :] for log in logs if (found := LIMITED.search(log))]
    assert limited, "no process has taken its limits"
    return [line for log in limited for line in log.splitlines() if _counts(line)]


def _counts(line: str) -> bool:
    """Limits themselves, the end, typefaces, and folders, which hold nothing themselves, do not."""
    others = line.startswith(("prlimit64", "setrlimit", "+++", "---")) or "O_DIRECTORY" in line
    return not others and not TYPEFACES.search(line)


def main() -> None:
    print("| file | read | files and sockets touched |\n|---|---|---|")
    for name, data in FILES.items():
        for how, door in DOORS.items():
            found = touched(data, door)
            print(f"| {name} | {how} | {len(found)} {'; '.join(found[:3])} |", flush=True)


if __name__ == "__main__":
    main()
