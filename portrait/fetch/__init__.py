"""Find, download, check and record official files. The only room that uses the network."""
