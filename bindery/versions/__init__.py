"""Versions of a book: what each one published, what moved between two, and why."""
