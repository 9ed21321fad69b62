"""Gap-free official numbers."""
