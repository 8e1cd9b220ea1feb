"""Windows and widgets. Setters in, signals out: they show what they are told and emit what the user wants."""
