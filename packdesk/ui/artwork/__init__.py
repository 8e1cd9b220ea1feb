"""What is on the panels: the list, the prompt, what is being generated."""
