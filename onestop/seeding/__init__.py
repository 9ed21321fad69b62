"""The procedures of the demo: catalogue.toml, and what turns it into versions that are in force."""
