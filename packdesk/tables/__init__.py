"""Tables of others, read as rows of texts: CSV in any of its forms, and workbooks."""
