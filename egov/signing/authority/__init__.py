"""The demo's own certificate authority; a real province uses the Cipher Committee's."""
