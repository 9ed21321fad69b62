"""Typst in, PDF/A out: official documents and registers, in the form that the law asks for."""
