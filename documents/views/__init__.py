"""Pages of documents, one file a screen: fetch through a query, call one action, say so, redirect."""
