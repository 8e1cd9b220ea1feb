"""The panel "Generations": every picture ever made or imported."""
