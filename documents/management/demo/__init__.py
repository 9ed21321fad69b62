"""The demo's cast: people with sign-ins at province, district and commune. Not for a real installation."""
