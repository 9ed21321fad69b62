"""What is drawn for a signature: blue handwriting, a round red seal; vectors on a transparent ground."""
