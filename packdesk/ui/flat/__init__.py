"""The package laid flat: looked at, picked, dropped on, and drawn as a picture."""
