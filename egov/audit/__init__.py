"""Who did and read what: append-only in the database, hash-chained, checkable."""
