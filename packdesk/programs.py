"""Nothing of the folder one stands in is run: that folder may be a customer's.

Imports at its head only what Python has loaded before: the rest might come from that folder.
"""
# pathlib is not loaded yet:
# ruff: noqa: PTH100, PTH109, PTH117, PTH118, PTH120, PTH121

import os
import sys


def trust_no_folder() -> None:
    """Keep this process, and every one it starts, from running what lies in the current folder.

    Python would look there first for modules (`-c` and `-m` put it in front), the system for programs where
    PATH has empty or relative entries. To be called before anything else is imported; may be repeated.
    """
    os.environ["PYTHONSAFEPATH"] = "1"  # for children, those of multiprocessing too
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # it would ask every installed package for one
    if "PATH" in os.environ:
        folders = os.environ["PATH"].split(os.pathsep)
        os.environ["PATH"] = os.pathsep.join(folder for folder in folders if os.path.isabs(folder))
    sys.path[:] = [entry for entry in sys.path if os.path.isabs(entry) and not _is_foreign(entry)]


def _is_foreign(entry: str) -> bool:
    """Whether that is the current folder, unless packdesk itself is run from there."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        return os.path.samefile(entry, os.getcwd()) and not os.path.samefile(entry, home)
    except OSError:  # one of them is not there: nothing is found in it either
        return False


def find_program(name: str) -> str | None:
    """Where a program of that name is, by its path from the root; never in the current folder.

    Windows would look there first, whatever PATH says.
    """
    import shutil  # noqa: PLC0415  (see above)

    suffix = ".exe" if sys.platform == "win32" else ""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        found = shutil.which(os.path.join(folder, f"{name}{suffix}")) if os.path.isabs(folder) else None
        if found is not None:
            return found
    return None
