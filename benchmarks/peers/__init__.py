"""The same box in several libraries; each module is run in a process of its own by `benchmarks/viewer.py`."""
