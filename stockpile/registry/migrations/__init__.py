"""Numbered SQL, frozen once released: one file a step and database system."""
