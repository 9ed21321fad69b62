"""What runs by itself: reminders, sweeps, the feed. Each task calls one action."""
