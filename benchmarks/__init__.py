"""Benchmarks: every speed is a ratio against a named baseline, measured in the same run."""
