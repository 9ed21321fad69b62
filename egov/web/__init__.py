"""What every page shares: head and navigation, lists in pages, words for deadlines. No models."""
