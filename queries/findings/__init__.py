"""Findings: the questions' rows kept in the graph, with thresholds, a status, and changes by sweeps and reviewers."""
