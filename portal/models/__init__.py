"""The portal's own tables: what citizens have set and begun; content has its tables beside its pages."""
