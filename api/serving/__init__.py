"""Serving: processes, sockets, signals, and the service built from the settings."""
