"""The national public-service portal: what we tell it, in its codes, over its interface."""
