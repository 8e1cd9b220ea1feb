"""Files that libraries without limits of their own decode: in a process that has limits."""
