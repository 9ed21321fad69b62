"""One-stop handling of administrative procedures: from the counter to the result, with a promised day."""
