"""What the commands in bin/ share: the right Python, .venv, var/, and sentences instead of stack traces."""
