"""The national database on citizen reception, complaints and denunciations: what we tell it, and how."""
