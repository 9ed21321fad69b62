"""Everything that is read: each query takes an actor, or says why it needs none."""
