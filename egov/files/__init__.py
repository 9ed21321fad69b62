"""Stored files: looked into, kept once by the hash of their content, handed out safely."""
