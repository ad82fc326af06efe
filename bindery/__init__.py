"""Bind parameterised notebooks into a published, bilingual book."""
