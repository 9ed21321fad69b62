"""Parts of pages about letters and visits."""
