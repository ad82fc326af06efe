"""Statistics for the book: a table in, a table out. Knows nothing of notebooks."""
