"""A supplier's dieline under ours: where it lies, and where ours differs."""
