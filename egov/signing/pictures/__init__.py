"""What is drawn for a signature: handwriting in blue, a round seal in red, as vectors on a transparent ground."""
