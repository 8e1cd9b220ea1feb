"""What a press needs of a PDF: tagged colours, the printer's profile, inks within their limit."""
