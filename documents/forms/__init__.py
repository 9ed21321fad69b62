"""What a person types about documents: shape only; what is allowed is said by the actions."""
