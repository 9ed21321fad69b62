"""What can be done: one act a file, each with its rule, its audit row and its refusals."""
