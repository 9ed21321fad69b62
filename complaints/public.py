"""The door for the portal: plain values in and out, never rows, and never who wrote a protected letter."""
