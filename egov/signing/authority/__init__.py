"""The demo's own certificate authority: issues, revokes, stamps time. A real province uses the Cipher Committee's."""
