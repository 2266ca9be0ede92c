"""Crash trials: what was acknowledged is still there, whatever was killed in the meantime."""
