"""How a person proves who they are, and how long that holds."""
