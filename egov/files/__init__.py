"""Stored files: kept once by the hash of their content, looked into before they are kept, handed out safely."""
