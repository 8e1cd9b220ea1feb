"""Where the shared design is kept: SQLite on this machine, or Redis shared with other programs."""
