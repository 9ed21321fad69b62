"""Settings: env.py reads the environment; base, dev, test and production build on it; topics/ holds one
integration each."""
