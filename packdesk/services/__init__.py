"""What can be done with a design. Plain asyncio, no Qt: the window and the command line run the same code."""
