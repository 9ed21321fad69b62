"""Working time: which days are worked, and counting in them."""
