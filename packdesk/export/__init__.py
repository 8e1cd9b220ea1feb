"""Files for other programs: dielines, models, bundles. Its formats come with a later version."""
