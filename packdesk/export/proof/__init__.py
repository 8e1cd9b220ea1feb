"""A sheet to sign: the package, its blank with all measures, and what is known of both, on one page."""
