"""What the portal's own rows can be; stored code and Vietnamese label."""
