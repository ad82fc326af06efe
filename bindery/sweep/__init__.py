"""One notebook with thousands of rows of parameters: their results in one table."""
