"""Payment gateways: who lets a person pay online and tells us that they did."""
