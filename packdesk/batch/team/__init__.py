"""A range made by many machines: rows on RQ, files in a folder or store all of them reach."""
