"""The doors of reception and letters for officials."""
