"""What tests share besides factories and fixtures."""
