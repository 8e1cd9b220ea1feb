"""The command line: results to stdout, messages to stderr; exit code 0 done, 1 failed, 2 used wrongly."""
