"""The one way from an action to a background task, and how we know that workers live."""
