"""Takes the pictures of docs/guides/ and of the README from a demo of its own (`make pictures`)."""
