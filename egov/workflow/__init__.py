"""One way to change state: a table, a mover, an action with its rule, a history row."""
