"""Asking: the statement that asks a question, and its rows as plain dictionaries."""
