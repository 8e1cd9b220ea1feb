"""Files for other programs: the turning package; dielines, models and bundles come with a later version."""
