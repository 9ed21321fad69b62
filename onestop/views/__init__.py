"""Pages of the office: fetch through a query, call one action, say what happened."""
